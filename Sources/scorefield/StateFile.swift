import OutsideText
import ScoreLab
import Workbench

/// The file that keeps what the workbench remembers between starts.
enum StateFile {
  /// `$XDG_STATE_HOME/scorefield/workbench`, or the same in `~/.local/state`; nil without a home.
  static var path: String? {
    folder.map { $0 + "/workbench" }
  }

  private static var folder: String? {
    if let home = FileName.variable("XDG_STATE_HOME") { return home + "/scorefield" }
    return FileName.variable("HOME").map { $0 + "/.local/state/scorefield" }
  }

  /// What was kept; nothing where there is no file, or none that can be read.
  static func load() -> WorkbenchMemory {
    guard let path,
      let text = try? FileReader.text(path, limit: WorkbenchMemory.sizeLimit)
    else { return WorkbenchMemory() }
    return WorkbenchMemory(text: text)
  }

  /// Keeps it, if it differs from what was there.
  ///
  /// - Throws: ``FileError``.
  static func save(_ memory: WorkbenchMemory, replacing old: WorkbenchMemory) throws(FileError) {
    guard memory != old else { return }
    try write(memory)
  }

  /// Writes the file where there is none yet.
  ///
  /// - Returns: Whether it was written now: this is then the first start.
  static func begin(_ memory: WorkbenchMemory) -> Bool {
    guard let path, !FileReader.exists(path) else { return false }
    do {
      try write(memory)
    } catch {
      return false
    }
    return true
  }

  private static func write(_ memory: WorkbenchMemory) throws(FileError) {
    guard let folder, let path else { return }
    try Folder.create(folder)
    try FileWriter.writeAtomically(memory.text, to: path)
  }
}
