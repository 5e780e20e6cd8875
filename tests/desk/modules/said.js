// Says texts of the service as the page does: {"words", "texts"} on the way in, the sentences on the way out.
import { readFileSync } from "node:fs";
import { plain } from "../../../functions/desk/core/plain.js";
import { useWords } from "../../../functions/desk/core/words.js";

const { words, texts } = JSON.parse(readFileSync(0, "utf8"));
useWords("en", words);
process.stdout.write(JSON.stringify(texts.map(plain)));
