"""Texts of restores that failed, and of messages that could not be understood."""

from typing import Final

from shared.texts.da.phrases import AGAIN, KEPT_AWAY, LOOK_ELSEWHERE
from shared.texts.entry import Catalogue, Entry

_SUPPORT: Final = "Microsofts support kan slå dens request-id op."
# A managed identity keeps its token for up to a day, and nothing can shorten that.
# Source: Microsoft Learn, "Managed identity best practice recommendations".
_GRANT: Final = (
    "Få en administrator med rollen Privileged Role Administrator til at give"
    " tjenestens identitet den tilladelse, én gang (infra/graph/grant.py); der kan gå"
    " et døgn, før den gælder."
)
_ADMINISTRATOR: Final = (
    "En bruger med en administratorrolle gendannes bedst manuelt af en Privileged"
    " Authentication Administrator (Entra Administration, Brugere, Slettede brugere)."
    " Ellers:"
)
_SEE_USER: Final = (
    "Se i Entra Administration under Brugere og under Slettede brugere, om brugeren er"
    " aktiv eller slettet."
)
_LOOKS_FIRST: Final = "Den ser efter, før den ændrer noget."
_READ_IT: Final = "Læs gendannelsen ved dens id eller fra køen restore-results."

ENTRIES: Final[Catalogue] = {
    "invalid-request/message": Entry(
        "Meddelelsen kunne ikke forstås: {faults:; }",
        "Ret det, der er nævnt, og send en ny meddelelse, såsom"
        ' {{"version": 1, "requestedBy": "HR", "kind": "mailbox", "user":'
        ' "megan.bowen@contoso.com"}}.',
    ),
    "invalid-request/key-reused": Entry(
        "Meddelelsens nøgle tilhører en anden anmodning, gendannelsen {restore_id}.",
        "Send meddelelsen igen med sin egen nøgle (idempotencyKey).",
    ),
    "invalid-request/to-keep": Entry(
        "Meddelelsen er for stor til at blive gemt som en gendannelse.",
        "Udelad det, der ikke er nødvendigt, og send en ny meddelelse.",
    ),
    "no-seat": Entry(
        "Ingen licens af denne slags ({licenses}) blev ledig før {until:time}, som var det"
        " sidste øjeblik, postkassen kunne komme tilbage.",
        LOOK_ELSEWHERE,
    ),
    "window-closed-while-waiting": Entry(
        "Postkassen kunne komme tilbage indtil {until:time}. Den tid løb ud, mens"
        " gendannelsen ventede {waited}.",
        LOOK_ELSEWHERE,
    ),
    "window-closed-while-waiting/said": Entry(
        "Postkassen kunne komme tilbage indtil {until:time}. Den tid løb ud, mens"
        " gendannelsen ventede {waited}. Ved det sidste forsøg: {why}",
        LOOK_ELSEWHERE,
    ),
    "window-closed-while-waiting/at-work": Entry(
        "Postkassen kunne komme tilbage indtil {until:time}. Den tid løb ud, før"
        " gendannelsen var færdig.",
        f"{_SEE_USER} {LOOK_ELSEWHERE}",
    ),
    "permission-missing": Entry(
        "Tjenesten må ikke gøre det: Dens identitet mangler Microsoft Graph-tilladelsen"
        " {permission}. {said}",
        f"{_GRANT} Derefter {AGAIN}.",
        fix_admin=f"{_GRANT} Kør derefter gendannelsen igen.",
    ),
    "permission-missing/held": Entry(
        "Microsoft Graph viser ikke tjenesten det, den skal se, selv om dens identitet har"
        " tilladelserne til det, så vidt tjenesten kan se ({permission}). {said}",
        f"{KEPT_AWAY} Derefter {AGAIN}.",
        fix_admin=f"{KEPT_AWAY} Kør derefter gendannelsen igen.",
    ),
    "permission-missing/undo": Entry(
        "Tjenesten må ikke rulle det tilbage: Dens identitet mangler Microsoft Graph-tilladelsen"
        " {permission}. {said}",
        f"{_GRANT} Eller rul det manuelt tilbage i Microsoft 365 Administration.",
        fix_admin=f"{_GRANT} Kør den derefter igen, eller gør det selv i Microsoft 365"
        " Administration.",
    ),
    "permission-missing/restore": Entry(
        "Tjenesten må ikke gendanne denne bruger: Dens identitet mangler Microsoft"
        " Graph-tilladelsen {permission} eller, ved en bruger med en administratorrolle, rollen"
        " Privileged Authentication Administrator. {said}",
        f"{_ADMINISTRATOR} {_GRANT} Derefter {AGAIN}.",
        fix_admin=f"{_ADMINISTRATOR} {_GRANT} Kør derefter gendannelsen igen.",
    ),
    "out-of-reach": Entry(
        "Tjenesten har tilladelsen {permission}, men må ikke gøre det for denne person,"
        " som er beskyttet: af en administratorrolle, en adgangspolitik, eller fordi kun"
        " bestemte administratorer har ansvar for personen (begrænset administration)."
        " {said}",
        "Få en administrator med ansvar for denne person til at gøre det manuelt:"
        " Microsoft 365 Administration, Brugere, Aktive brugere eller Slettede brugere.",
    ),
    "out-of-reach/unit": Entry(
        "Tjenesten har tilladelsen {permission}, men må ikke gøre det for denne person:"
        " Kun bestemte administratorer har ansvar for personen (administrativ enhed med"
        " begrænset administration). {said}",
        "Få en administrator af den enhed til at gøre det manuelt (Microsoft 365"
        " Administration, Brugere), eller giv tjenestens identitet en rolle i den (Entra"
        " Administration, Roller og administratorer, Administrative enheder, Administrative"
        " units). Derefter:"
        f" {AGAIN}.",
    ),
    "directory-error": Entry(
        "Microsoft Graph afviste det. {said}",
        f"Ret det, som dens meddelelse nævner; derefter {AGAIN}. {_SUPPORT}",
        fix_admin=f"Ret det, som dens meddelelse nævner; kør derefter gendannelsen igen."
        f" {_SUPPORT}",
    ),
    "directory-error/not-shown": Entry(
        "Microsoft tog imod ændringen, men brugeren {user_id} har ikke vist sig som aktiv siden.",
        f"{_SEE_USER} Er brugeren ikke aktiv, så {AGAIN}.",
        fix_admin=f"{_SEE_USER} Er brugeren ikke aktiv, så kør gendannelsen igen: {_LOOKS_FIRST}",
    ),
    "directory-error/blank": Entry(
        "Microsoft Graph viser {user} uden nogen af dens egenskaber, hverken licenser eller om den"
        " må logge på. Derfor kunne intet afgøres, og intet blev ændret.",
        "Se i Microsoft 365 Administration, om brugeren viser sine licenser dér. Når den gør det,"
        f" så {AGAIN}.",
        fix_admin="Se i Microsoft 365 Administration, om brugeren viser sine licenser dér. Når den"
        " gør det, så kør gendannelsen igen.",
    ),
    "directory-error/not-taken-back": Entry(
        "Microsoft Graph tog imod ændringen, men den har ikke vist sig i {hours} timer.",
        f"{_SEE_USER} Gør selv det, der mangler.",
    ),
    "directory-error/not-looked": Entry(
        "Ændringen er foretaget, og siden har Microsoft ikke ladet tjenesten se efter: {why}",
        f"{_SEE_USER} Mangler der noget, så {AGAIN}.",
        fix_admin=f"{_SEE_USER} Mangler der noget, så kør gendannelsen igen: {_LOOKS_FIRST}",
    ),
    "gave-up": Entry(
        "Tjenesten kunne ikke gennemføre denne gendannelse: Det mislykkedes flere gange i"
        " træk, og den er lagt til side.",
        f"{_SEE_USER} Mangler der noget, så {AGAIN}: {_LOOKS_FIRST}",
        fix_admin="Find årsagen i funktionsappens log ved gendannelsens id. Kør"
        f" derefter gendannelsen igen: {_LOOKS_FIRST}",
    ),
    "gave-up/message": Entry(
        "Tjenesten kunne ikke læse denne meddelelse: Det mislykkedes flere gange i træk,"
        " og den er lagt til side.",
        "Se på received, ret det, der er usædvanligt i den, og send en ny meddelelse.",
    ),
    "gave-up/touched": Entry(
        "Tjenesten kunne ikke gennemføre denne gendannelse: Det mislykkedes flere gange i"
        " træk, og den er lagt til side. En ændring er sendt til Microsoft eller kan være"
        " det: Trinnene viser hvilken.",
        f"{_SEE_USER} Mangler der noget, så {AGAIN}: {_LOOKS_FIRST}",
        fix_admin="Find årsagen i funktionsappens log ved gendannelsens id. Kør"
        f" derefter gendannelsen igen: {_LOOKS_FIRST}",
    ),
    "gave-up/undo": Entry(
        "Det, som gendannelsen {restore_id} havde gjort, kunne ikke rulles tilbage inden"
        " {until:time}: Microsoft Graph kunne ikke spørges, eller en anden gendannelse holdt"
        " brugeren.",
        f"{_SEE_USER} Gør selv det, der mangler.",
        fix_admin=f"Se efter, om det stadig skal rulles tilbage, og kør den så igen:"
        f" {_LOOKS_FIRST}",
    ),
    "gave-up/blind": Entry(
        "Microsoft Graph kunne ikke spørges i 30 dage: {why}",
        LOOK_ELSEWHERE,
    ),
    "before/user-restored": Entry("Brugeren blev gendannet; licensen blev ikke tildelt."),
    "callback-failed": Entry(
        "callbackUrl blev kaldt {tries:én gang|# gange} og tog ikke imod resultatet ({why}).",
        _READ_IT,
    ),
    "callback-failed/not-allowed": Entry(
        "Resultatet blev ikke sendt til callbackUrl: serveren er ikke længere blandt dem, som"
        " indstillingen CALLBACK_HOSTS tillader.",
        f"{_READ_IT} Til senere gendannelser: angiv en callbackUrl på en server, der er tilladt,"
        " eller bed dem, der driver tjenesten, om at føje denne til CALLBACK_HOSTS.",
    ),
    "callback-failed/not-public": Entry(
        "Resultatet blev ikke sendt til callbackUrl: ved det sidste af {tries:1 forsøg|# forsøg}"
        " førte serverens navn til en adresse uden for det offentlige internet, og den slags"
        " adresser kaldes ikke.",
        f"{_READ_IT} Til senere gendannelser: angiv en callbackUrl på en server med en offentlig"
        " adresse.",
    ),
    "callback-failed/no-name": Entry(
        "Resultatet nåede ikke frem til callbackUrl: ved det sidste af {tries:1 forsøg|# forsøg}"
        " kunne ingen sige, hvilken adresse serverens navn har.",
        f"{_READ_IT} Til senere gendannelser: se efter, at callbackUrl er stavet rigtigt, og at"
        " navnet kan slås op fra det offentlige internet.",
    ),
    "callback-failed/no-connection": Entry(
        "Serveren i callbackUrl tog ikke imod resultatet i {tries:1 forsøg|# forsøg}: sidste gang"
        " kunne den ikke nås, dens certifikat gjaldt ikke for dens navn, eller den afbrød.",
        f"{_READ_IT} Til senere gendannelser: sørg for, at serveren svarer over https med et"
        " certifikat, der gælder for dens navn.",
    ),
    "callback-failed/too-slow": Entry(
        "Serveren i callbackUrl sagde ikke i {tries:1 forsøg|# forsøg}, at den tog imod resultatet:"
        " sidste gang svarede den ikke hurtigt nok. Den kan have fået det alligevel.",
        f"{_READ_IT} Til senere gendannelser: lad serveren svare med det samme og arbejde"
        " bagefter; den har 5 sekunder til at svare.",
    ),
    "callback-failed/cut-off": Entry(
        "Intet svar sagde, at callbackUrl tog imod resultatet, i {tries:1 forsøg|# forsøg}, og så"
        " nåede tjenesten ikke at prøve igen inden for et døgn. Resultatet kan være nået frem"
        " alligevel.",
        _READ_IT,
    ),
    "directory/no-token": Entry("tjenesten fik intet adgangstoken fra Azure ({cause})"),
    "directory/token-unreadable": Entry("adgangstokenet fra Azure gav ingen mening ({cause})"),
    "directory/not-reached": Entry("der kunne ikke oprettes forbindelse ({cause})"),
    "directory/answer-lost": Entry("svaret gik tabt på vejen ({cause})"),
    "directory/answer-unreadable": Entry("svaret gav ingen mening ({cause})"),
    "directory/not-graphs": Entry("noget andet svarede i stedet, med HTTP-status {status}"),
    "directory/no-deletion-date": Entry(
        "{user_id} står som slettet, uden tidspunkt for sletningen"
    ),
    "directory/not-an-id": Entry("{value} er ikke et objekt-id, så der blev ikke spurgt"),
    "directory/log-in-use": Entry("overvågningsloggen læses lige nu til en anden gendannelse"),
    "graph-said": Entry(
        "Microsoft Graph svarede {status} {answer}: {message} (request-id {request_id})"
    ),
    "graph-said/without-id": Entry("Microsoft Graph svarede {status} {answer}: {message}"),
    "waited/schedule": Entry("på det ønskede tidspunkt"),
    "waited/approval": Entry("på en godkendelse"),
    "waited/throttle": Entry("på Microsoft Graph, som ikke tog imod flere kald"),
    "waited/directory": Entry("på, at Entra ID viste en ændring"),
    "waited/mailbox": Entry("på postkassen"),
    "waited/user-lock": Entry("på en anden gendannelse af samme bruger"),
    "erased": Entry("(slettet)"),
    "more": Entry("{count:én mere|# mere}"),
    "fault-at": Entry("{pointer} {wrong}"),
    "fault-at/body": Entry("indholdet {wrong}"),
    "fault-at/entry": Entry("post {number} {wrong}"),
    "fault-at/in-entry": Entry("i post {number}: {field} {wrong}"),
}
