import Glibc
import ScoreCore
import TestSupport
import Testing

@testable import ScoreLab

@Suite struct SampleFileTests {
  private static let table = DataTable(names: ["x"], points: Points(rows: [[1], [2]]))

  /// Writes the table a row at a time.
  private func write(
    _ file: SampleFile, configuration: String, isCancelled: () -> Bool = { false }
  ) throws -> Bool {
    let points = Self.table.points
    var writing = try file.writing(
      names: Self.table.names, rows: points.count, configuration: configuration)
    for row in 0..<points.count {
      guard try writing.append(points.rows(row..<row + 1), isCancelled: isCancelled) else {
        return false
      }
    }
    return try writing.commit(isCancelled: isCancelled)
  }

  private func read(_ path: String) throws -> String {
    String(decoding: try OpenFile(reading: path).readAll(limit: 1 << 20), as: UTF8.self)
  }

  @Test("Both files are written and nothing else is left behind")
  func writes() throws {
    let folder = try TemporaryFolder()
    let file = try #require(SampleFile(path: "\(folder.path)/a.csv"))
    try file.check()
    #expect(folder.contents.isEmpty)
    #expect(try write(file, configuration: "seed: 1\n"))
    #expect(folder.contents == ["a.csv", "a.csv.yaml"])
    #expect(try read(file.path) == "x\n1.0\n2.0\n")
    #expect(try read(file.configurationPath) == "seed: 1\n")
  }

  @Test("A cancelled write leaves old files as they were")
  func cancels() throws {
    let folder = try TemporaryFolder()
    _ = try folder.write(Array("old".utf8), to: "a.npy")
    let file = try #require(SampleFile(path: "\(folder.path)/a.npy"))
    for last in 0..<3 {
      var asked = 0
      // Asked before each row and before the files get their names.
      let isWritten = try write(file, configuration: "new") {
        asked += 1
        return asked > last
      }
      #expect(!isWritten)
      #expect(folder.contents == ["a.npy"])
      #expect(try read(file.path) == "old")
    }
  }

  @Test("What could not be written is found before")
  func checks() throws {
    let folder = try TemporaryFolder()
    let missing = try #require(SampleFile(path: "\(folder.path)/no/a.csv"))
    #expect(throws: FileError(path: missing.path, reason: "No such file or directory")) {
      try missing.check()
    }
    // The place of the configuration is taken.
    let file = try #require(SampleFile(path: "\(folder.path)/a.csv"))
    #expect(mkdir(file.configurationPath, 0o700) == 0)
    defer { rmdir(file.configurationPath) }
    let reason = "this is a folder, not a file"
    #expect(throws: FileError(path: file.configurationPath, reason: reason)) { try file.check() }
    #expect(throws: FileError(path: file.configurationPath, reason: reason)) {
      try write(file, configuration: "")
    }
    #expect(folder.contents == ["a.csv.yaml"])
  }
}
