/** Owners whose names say that they live for one piece of work (BENIGN, C1). */
const SHORT_LIVED_OWNER = /(?:Builder|Result|Visitor|Transaction|Context|Collector|Scope|Node|Request|Response|Event|Parser|Lexer|Tokenizer|Printer|Walker|Query|Command|Compiler|Generator|Formatter|Error|Report|Reporter|Snapshot|Diff|Options|Config|Transformer|Serializer|Encoder|Decoder|Analyzer|Checker|Linter|Resolver|Iterator|Cursor|Operation|Session|Run|Turn|Task|Job|Process|Connection|Peer|Statement|Expression|Model|State|Message|Plan|Batch|Graph|Tree|Document|Spec|Test|Mock|Fixture|Stub)$/;

/** Whether a class is named like one whose objects live for one piece of work. */
export function isNamedForOneWork(className: string): boolean {
  return SHORT_LIVED_OWNER.test(className);
}
