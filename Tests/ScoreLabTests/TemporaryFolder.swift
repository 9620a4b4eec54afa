import Glibc

@testable import ScoreLab

/// A folder that is removed with its files when the test ends.
final class TemporaryFolder {
  let path: String

  init() throws {
    let stream = UInt64.random(in: .min ... .max)
    path = "/tmp/scorefield-test-\(stream)"
    guard mkdir(path, 0o700) == 0 else { throw OpenFile.failure(path) }
  }

  deinit {
    for name in contents { unlink("\(path)/\(name)") }
    rmdir(path)
  }

  /// The names of the files in the folder, sorted.
  var contents: [String] {
    guard let folder = opendir(path) else { return [] }
    defer { closedir(folder) }
    var names: [String] = []
    while let entry = readdir(folder) {
      let name = withUnsafeBytes(of: entry.pointee.d_name) {
        String(decoding: $0.prefix { $0 != 0 }, as: UTF8.self)
      }
      if name != "." && name != ".." { names.append(name) }
    }
    return names.sorted()
  }

  /// Writes a file plainly and returns its path.
  func write(_ bytes: [UInt8], to name: String) throws -> String {
    let file = "\(path)/\(name)"
    let descriptor = open(file, O_WRONLY | O_CREAT | O_TRUNC, 0o600)
    guard descriptor >= 0 else { throw OpenFile.failure(file) }
    defer { close(descriptor) }
    guard Glibc.write(descriptor, bytes, bytes.count) == bytes.count else {
      throw OpenFile.failure(file)
    }
    return file
  }
}
