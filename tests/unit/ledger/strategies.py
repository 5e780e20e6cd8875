"""Generate any value the ledger may have to keep, for property tests."""

from dataclasses import replace
from datetime import UTC, datetime

from hypothesis import HealthCheck, settings
from hypothesis import strategies as st

from shared.domain.lists.losses import ListedLoss
from shared.domain.observations.observation import Observation
from shared.domain.outcomes import Code, Outcome
from shared.domain.records.progress import JournalEntry
from shared.domain.records.record import Record
from shared.domain.text import Param, Text, text
from shared.domain.window import Window


def _text(param: Param) -> Text:
    """A text with this parameter."""
    return text("code", "variant", name=param)


# The domain knows aware UTC instants only, and no number of days that JSON could not write.
st.register_type_strategy(datetime, st.datetimes(timezones=st.just(UTC)))
st.register_type_strategy(
    Window,
    st.builds(
        Window, days_left=st.none() | st.floats(allow_nan=False, allow_infinity=False, min_value=0)
    ),
)

_PARAMS = st.recursive(
    st.text() | st.integers() | st.floats(allow_nan=False, allow_infinity=False),
    lambda inner: (
        st.lists(st.text() | st.builds(_text, inner), max_size=3).map(tuple)
        | st.builds(_text, inner)
    ),
    max_leaves=5,
)
texts = st.builds(_text, _PARAMS)
st.register_type_strategy(Text, texts)
st.register_type_strategy(
    Outcome,
    st.builds(
        lambda code, said, before: Outcome(replace(said, code=code.value), before),
        st.sampled_from(Code),
        texts,
        st.none() | texts,
    ),
)

# Values of this size take long on a busy machine; how long is no part of what is promised.
patient = settings(deadline=None, suppress_health_check=[HealthCheck.too_slow])
patient_few = settings(patient, max_examples=25)

records = st.from_type(Record)
entries = st.from_type(JournalEntry)
observations = st.from_type(Observation)
losses = st.from_type(ListedLoss)
