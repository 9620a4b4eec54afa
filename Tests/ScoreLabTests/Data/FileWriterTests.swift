import Glibc
import Testing

@testable import ScoreLab

@Suite struct FileWriterTests {
  private func read(_ path: String) throws -> String {
    String(decoding: try OpenFile(reading: path).readAll(limit: 1 << 20), as: UTF8.self)
  }

  @Test("A file is written whole and nothing else is left behind")
  func writes() throws {
    let folder = try TemporaryFolder()
    let file = "\(folder.path)/result.csv"
    try FileWriter.writeAtomically("first, and longer", to: file)
    try FileWriter.writeAtomically("second", to: file)
    #expect(try read(file) == "second")
    #expect(folder.contents == ["result.csv"])
    try FileWriter.writeAtomically([], to: file)
    #expect(try read(file).isEmpty)
  }

  @Test("A link is followed and permissions are kept")
  func linksAndPermissions() throws {
    let folder = try TemporaryFolder()
    let file = try folder.write([1], to: "real")
    let link = "\(folder.path)/link"
    #expect(symlink(file, link) == 0)
    #expect(chmod(file, 0o640) == 0)
    try FileWriter.writeAtomically("new", to: link)
    #expect(try read(file) == "new")
    var status = stat()
    #expect(lstat(link, &status) == 0 && status.st_mode & S_IFMT == S_IFLNK)
    #expect(stat(file, &status) == 0 && status.st_mode & 0o777 == 0o640)
  }

  @Test("What cannot be written is told and leaves nothing")
  func failures() throws {
    let folder = try TemporaryFolder()
    func message(_ path: String) -> String {
      do throws(FileError) {
        try FileWriter.writeAtomically("x", to: path)
        return "no error"
      } catch {
        return error.description
      }
    }
    let missing = "\(folder.path)/no/file"
    #expect(message(missing) == "\(missing): No such file or directory")
    #expect(message(folder.path) == "\(folder.path): this is a folder, not a file")
    #expect(message("/dev/null") == "/dev/null: this is not a regular file")
    #expect(message("") == ": this is not a file name")
    #expect(message("\(folder.path)/a\u{0}b") == "\(folder.path)/a?b: this is not a file name")
    #expect(folder.contents.isEmpty)
  }
}
