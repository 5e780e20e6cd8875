// Sentences of the service as this page shows them: in its own words, and with the reader's times.
import { outcomeSaid, pieces, plain } from "../core/plain.js";
import { dayAndTime, instant } from "../core/time.js";
import { breaking } from "./people.js";

/** A text with its instants in the reader's zone. */
export const timed = (text) => pieces(text).map((piece) => (typeof piece === "string" ? breaking(piece) : instant(piece.at)));

/** A message or a fix of the service. */
export const sentence = (text) => timed(plain(text));

/** What came of a restore, or what it waits for. */
export const standing = ({ outcome, waiting }) => (outcome ? timed(outcomeSaid(outcome)) : sentence(waiting?.message));

/** The same as one text, for what is heard and not seen. */
export const heard = ({ outcome, waiting }) =>
  pieces(outcome ? outcomeSaid(outcome) : plain(waiting?.message)).map((piece) => (typeof piece === "string" ? piece : dayAndTime(piece.at))).join("");
