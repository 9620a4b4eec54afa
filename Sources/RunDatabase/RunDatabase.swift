internal import GRDB
import OutsideText
package import ScoreLab

/// Runs in a database, with the files of their checkpoints in a folder next to it.
///
/// The database is SQLite's with a write-ahead log: several programs may use it at a time, and a
/// program that is killed leaves the last whole transaction behind.
package final class RunDatabase: Sendable {
  /// The name of the database in its folder.
  package static let fileName = "runs.sqlite"
  /// Where everything is; nil for a database in memory.
  package let folder: String?
  /// What this program is; noted with the runs that it begins.
  let origin: RunOrigin
  private let connection: any DatabaseWriter

  /// The database as errors name it.
  package var path: String { folder.map { "\($0)/\(Self.fileName)" } ?? ":memory:" }

  /// Opens the database of a folder, and makes both where they are missing.
  ///
  /// - Parameters:
  ///   - folder: The folder.
  ///   - origin: What this program is.
  ///   - patience: How many seconds to wait for the transaction of another program.
  /// - Throws: ``FileError``: the folder cannot be written, another program holds the database, it is
  ///   damaged, or a newer version of this program has written it.
  package init(
    folder: String, origin: RunOrigin, patience: Double = 5
  ) throws(FileError) {
    let folder = try Self.absolute(folder)
    try Folder.create("\(folder)/checkpoints")
    var configuration = Configuration()
    configuration.busyMode = .timeout(patience)
    let path = "\(folder)/\(Self.fileName)"
    do {
      connection = try DatabasePool(path: path, configuration: configuration)
    } catch {
      throw Self.failure(error, path: path)
    }
    self.folder = folder
    self.origin = origin
    try migrate()
    clearLeftovers()
  }

  /// Makes a database that ends with the program, for machines where nothing may stay behind.
  ///
  /// - Parameter origin: What this program is.
  /// - Throws: ``FileError`` where memory is short.
  package init(inMemory origin: RunOrigin) throws(FileError) {
    do {
      connection = try DatabaseQueue()
    } catch {
      throw Self.failure(error, path: ":memory:")
    }
    folder = nil
    self.origin = origin
    try migrate()
  }

  /// Whether a folder has a database.
  package static func exists(in folder: String) -> Bool {
    FileReader.exists("\(folder)/\(fileName)")
  }

  /// A path that stays right whatever becomes of the working directory, and that SQLite takes as it is.
  private static func absolute(_ folder: String) throws(FileError) -> String {
    guard FileName.isText(folder) else {
      throw FileError(path: folder, reason: "the name of a store is text in UTF-8")
    }
    guard folder.utf8.first != UInt8(ascii: "/") else { return folder }
    guard let here = FileName.resolved(".") else {
      throw FileError(path: folder, reason: "there is no working directory")
    }
    return "\(here)/\(folder)"
  }

  private func migrate() throws(FileError) {
    let migrator = RunSchema.migrator
    let applied = try read { try migrator.appliedIdentifiers($0) }
    if let newer = applied.subtracting(migrator.migrations).sorted().last {
      throw FileError(
        path: path,
        reason:
          "a newer version of scorefield has written it (schema \"\(newer)\"; this version knows "
          + "up to \"\(migrator.migrations.last ?? "")\")")
    }
    guard applied.count < migrator.migrations.count else { return }
    do {
      try migrator.migrate(connection)
    } catch {
      throw Self.failure(error, path: path)
    }
  }
}

// MARK: - Access

extension RunDatabase {
  /// Reads what one transaction sees.
  func read<Value>(_ body: (Database) throws -> Value) throws(FileError) -> Value {
    do {
      return try connection.read(body)
    } catch {
      throw Self.failure(error, path: path)
    }
  }

  /// Writes all or nothing.
  func write<Value>(_ body: (Database) throws -> Value) throws(FileError) -> Value {
    do {
      return try connection.write(body)
    } catch {
      throw Self.failure(error, path: path)
    }
  }

  /// An error of the database as one of its file.
  private static func failure(_ error: any Error, path: String) -> FileError {
    if let error = error as? FileError { return error }
    guard let error = error as? DatabaseError else {
      return FileError(path: path, reason: "\(error)")
    }
    let reason =
      switch error.resultCode {
      case .SQLITE_BUSY, .SQLITE_LOCKED: "another program holds it"
      case .SQLITE_FULL: "no space left on the disk"
      case .SQLITE_READONLY: "it cannot be written"
      case .SQLITE_CANTOPEN: "it cannot be opened or made"
      case .SQLITE_CORRUPT, .SQLITE_NOTADB:
        "the database is damaged; with the file moved away a new one is begun"
      default: error.message ?? "SQLite error \(error.extendedResultCode.rawValue)"
      }
    return FileError(path: path, reason: reason)
  }
}
