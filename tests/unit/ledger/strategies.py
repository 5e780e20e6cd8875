"""Any value the ledger may have to keep, for property tests."""

from datetime import UTC, datetime

from hypothesis import HealthCheck, settings
from hypothesis import strategies as st

from shared.domain.observations.observation import Observation
from shared.domain.progress import JournalEntry
from shared.domain.record import Record
from shared.domain.window import Window

# The domain knows aware UTC instants only, and no number of days that JSON could not write.
st.register_type_strategy(datetime, st.datetimes(timezones=st.just(UTC)))
st.register_type_strategy(
    Window,
    st.builds(
        Window, days_left=st.none() | st.floats(allow_nan=False, allow_infinity=False, min_value=0)
    ),
)

# Values of this size take long on a busy machine; how long is no part of what is promised.
patient = settings(deadline=None, suppress_health_check=[HealthCheck.too_slow])
patient_few = settings(patient, max_examples=25)

records = st.from_type(Record)
entries = st.from_type(JournalEntry)
observations = st.from_type(Observation)
