import BuildInformation
import OutsideText
package import RunDatabase
import ScoreCore
import ScoreLab

/// Where runs are kept, as options and environment say.
package enum StoreChoice: Equatable {
  /// Nowhere.
  case off
  /// In memory, until the program ends.
  case memory
  case folder(String)
  /// Nowhere, because nobody said where and there is no home folder.
  case homeless

  /// What an option says, else `SCOREFIELD_STORE`, else the user's data folder.
  ///
  /// - Parameters:
  ///   - option: A folder, `:memory:` or `off`; nil where nothing was said.
  ///   - isOff: Whether nothing is to be kept.
  package init(option: String?, isOff: Bool) {
    switch isOff ? "off" : option ?? FileName.variable("SCOREFIELD_STORE") {
    case "off"?: self = .off
    case ":memory:"?: self = .memory
    case let folder?: self = .folder(folder)
    case nil: self = Self.dataFolder.map { .folder($0) } ?? .homeless
    }
  }

  /// `$XDG_DATA_HOME/scorefield`, or the same in `~/.local/share`; nil without a home.
  private static var dataFolder: String? {
    if let data = FileName.variable("XDG_DATA_HOME") { return data + "/scorefield" }
    return FileName.variable("HOME").map { $0 + "/.local/share/scorefield" }
  }

  /// What this program is.
  package static var origin: RunOrigin {
    RunOrigin(version: BuildInformation.version, commit: BuildInformation.commit)
  }

  /// Opens the store for a run that is about to begin.
  ///
  /// - Parameter warn: Called with one line where the run cannot be kept, which is no reason not to
  ///   train.
  /// - Returns: Nil where nothing is kept.
  package func openToRecord(warn: (String) -> Void) -> DatabaseRunStore? {
    do {
      switch self {
      case .off: return nil
      case .memory: return try DatabaseRunStore(RunDatabase(inMemory: Self.origin))
      case .folder(let path):
        return try DatabaseRunStore(RunDatabase(folder: path, origin: Self.origin))
      case .homeless:
        warn("no home folder to keep the run in; --store FOLDER names one, --no-store wants none")
      }
    } catch {
      warn("the run is not kept: \(error)")
    }
    return nil
  }

  /// Opens the store to look at what it has.
  ///
  /// - Returns: Nil where nothing was ever kept.
  /// - Throws: ``Failure/Usage`` where there can be no store, else ``FileError``.
  package func openToRead() throws -> RunDatabase? {
    switch self {
    case .folder(let path):
      guard RunDatabase.exists(in: path) else { return nil }
      return try RunDatabase(folder: path, origin: Self.origin)
    case .off: throw Failure.Usage("the store is off; --store FOLDER names one.")
    case .memory: throw Failure.Usage("a store in memory ends with the program that made it.")
    case .homeless: throw Failure.Usage("there is no home folder; --store FOLDER names a store.")
    }
  }

  /// Opens the store to add to it, and makes it where it is missing.
  ///
  /// - Throws: ``Failure/Usage`` where there can be no store, else ``FileError``.
  package func openToWrite() throws -> RunDatabase {
    guard case .folder(let path) = self else {
      guard let database = try openToRead() else { throw Failure.Usage("no store was named.") }
      return database
    }
    return try RunDatabase(folder: path, origin: Self.origin)
  }

  /// Finds out whether there is a store to look at, and opens nothing.
  ///
  /// - Throws: ``Failure/Usage`` where there is none.
  package func checkReadable() throws {
    guard case .folder(let path) = self else {
      _ = try openToRead()
      return
    }
    guard RunDatabase.exists(in: path) else { throw Failure.Usage("no run is kept in \(path).") }
  }

  /// The folder, for words; nil where there is none.
  package var folder: String? {
    if case .folder(let path) = self { path } else { nil }
  }
}
