import Glibc
import TestSupport
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

  @Test("A link to what is not there yet is followed, however many lie between")
  func danglingLinks() throws {
    let folder = try TemporaryFolder()
    #expect(mkdir("\(folder.path)/results", 0o700) == 0)
    #expect(symlink("results/b", "\(folder.path)/a") == 0)
    #expect(symlink("\(folder.path)/results/c", "\(folder.path)/results/b") == 0)
    try FileWriter.writeAtomically("new", to: "\(folder.path)/a")
    #expect(try read("\(folder.path)/results/c") == "new")
    var status = stat()
    for name in ["a", "results/b"] {
      #expect(lstat("\(folder.path)/\(name)", &status) == 0 && status.st_mode & S_IFMT == S_IFLNK)
    }
    #expect(lstat("\(folder.path)/results/c", &status) == 0 && status.st_mode & S_IFMT == S_IFREG)
    #expect(folder.contents == ["a", "results"])
  }

  @Test("Links in a circle are refused and stay as they are")
  func circles() throws {
    let folder = try TemporaryFolder()
    #expect(symlink("b", "\(folder.path)/a") == 0)
    #expect(symlink("a", "\(folder.path)/b") == 0)
    let problem = FileError(path: "\(folder.path)/a", reason: "Too many levels of symbolic links")
    #expect(throws: problem) { try FileWriter.writeAtomically("new", to: "\(folder.path)/a") }
    #expect(folder.contents == ["a", "b"])
    var status = stat()
    #expect(lstat("\(folder.path)/a", &status) == 0 && status.st_mode & S_IFMT == S_IFLNK)
  }

  @Test("What cannot be written is reported and leaves nothing")
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
