import ArgumentParser
import CommandLineTool

/// Where runs are kept; shared by every command that trains or looks at runs.
struct StoreOptions: ParsableArguments {
  @Option(
    help: """
      Where runs are kept: a folder, :memory: or off; else SCOREFIELD_STORE, else scorefield in the \
      data folder.
      """)
  var store: String?

  @Flag(help: "Keep nothing of the run.")
  var noStore = false

  var choice: StoreChoice { StoreChoice(option: store, isOff: noStore) }

  func validate() throws {
    guard store == nil || !noStore else {
      throw ValidationError("--store and --no-store exclude one another.")
    }
    if store == "" { throw ValidationError("--store names a folder, :memory: or off.") }
  }
}
