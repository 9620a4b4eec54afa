import Glibc

extension FileName {
  /// The arguments of the program behind its own name.
  public static var arguments: [String] {
    (1..<max(1, Int(CommandLine.argc))).compactMap { CommandLine.unsafeArgv[$0].map(text) }
  }

  /// An environment variable; nil when it is not set or empty.
  public static func variable(_ name: String) -> String? {
    getenv(name).map(text).flatMap { $0.isEmpty ? nil : $0 }
  }

  /// The path without links to something that exists; nil with errno when there is no such thing.
  public static func resolved(_ path: String) -> String? {
    guard let resolved = realpath(systemName(path), nil) else { return nil }
    defer { free(resolved) }
    return text(resolved)
  }

  /// The names in a folder but `.` and `..`, in no order; nil with errno when it cannot be read.
  public static func names(in folder: String) -> [String]? {
    guard let stream = opendir(systemName(folder)) else { return nil }
    defer { closedir(stream) }
    var names: [String] = []
    while true {
      // The end and a failure look alike but for errno.
      errno = 0
      guard let entry = readdir(stream) else { break }
      let name = withUnsafeBytes(of: &entry.pointee.d_name) { text($0.prefix { $0 != 0 }) }
      if name != "." && name != ".." { names.append(name) }
    }
    return errno == 0 ? names : nil
  }

  /// What a symbolic link says; nil with errno when it is none.
  public static func link(_ path: String) -> String? {
    var bytes = [CChar](repeating: 0, count: Int(PATH_MAX) + 1)
    let count = readlink(systemName(path), &bytes, bytes.count)
    return count < 0 ? nil : text(bytes.prefix(count).map { UInt8(bitPattern: $0) })
  }

  /// The path of the folder that a file is in, up to the slash; empty for the current one.
  public static func folder(of path: String) -> String {
    // By bytes: a slash and a combining mark behind it are one character.
    path.utf8.lastIndex(of: UInt8(ascii: "/")).map { String(Substring(path.utf8[...$0])) } ?? ""
  }

  private static func text(_ name: UnsafeMutablePointer<CChar>) -> String {
    text(UnsafeRawBufferPointer(start: name, count: strlen(name)))
  }
}
