import Glibc
import OutsideText

/// The themes found in folders.
public enum ThemeLibrary {
  /// Larger than any theme; keeps a stray file from being read whole.
  static let largestFile = 1 << 16

  /// Reads every `.yaml` and `.yml` file in some folders.
  ///
  /// The built-in theme comes first and the others in the order of their names. Of two themes with
  /// the same slug the one found last stands, so the user's folder goes last. A folder that does
  /// not exist is passed over.
  ///
  /// - Parameter folders: Paths of folders.
  /// - Returns: The themes, and what is wrong with the files that could not be used.
  public static func load(folders: [String]) -> (themes: [Theme], problems: [ThemeError]) {
    var found: [String: Theme] = [:]
    var problems: [ThemeError] = []
    for folder in folders {
      for file in files(in: folder, problems: &problems) {
        do throws(ThemeError) {
          let theme = try Theme.parse(base16: text(of: file), file: file)
          found[theme.slug] = theme
        } catch {
          problems.append(error)
        }
      }
    }
    let builtIn = found.removeValue(forKey: Theme.builtIn.slug) ?? .builtIn
    let others = found.values.sorted { ($0.name, $0.slug) < ($1.name, $1.slug) }
    return ([builtIn] + others, problems)
  }

  private static func files(in folder: String, problems: inout [ThemeError]) -> [String] {
    guard let names = FileName.names(in: folder) else {
      if errno != ENOENT { problems.append(fault(folder)) }
      return []
    }
    return names.filter { $0.hasSuffix(".yaml") || $0.hasSuffix(".yml") }.sorted().map {
      folder + "/" + $0
    }
  }

  private static func text(of file: String) throws(ThemeError) -> String {
    let descriptor = open(FileName.systemName(file), O_RDONLY | O_CLOEXEC | O_NONBLOCK)
    guard descriptor >= 0 else { throw fault(file) }
    defer { close(descriptor) }
    var bytes = [UInt8](repeating: 0, count: largestFile + 1)
    var count = 0
    while count < bytes.count {
      let room = bytes.count - count
      let got = bytes.withUnsafeMutableBytes {
        read(descriptor, $0.baseAddress?.advanced(by: count), room)
      }
      if got < 0, errno == EINTR { continue }
      guard got >= 0 else { throw fault(file) }
      if got == 0 { break }
      count += got
    }
    guard count <= largestFile else {
      throw ThemeError(file: file, message: "the file is too large for a theme")
    }
    guard let text = String(validating: bytes[..<count], as: UTF8.self) else {
      throw ThemeError(file: file, message: "the file is not UTF-8 text")
    }
    return text
  }

  private static func fault(_ path: String) -> ThemeError {
    ThemeError(file: path, message: String(cString: strerror(errno)))
  }
}
