import Foundation

/// The example of a library's documentation, which a test runs as it is printed there.
package enum WorkedExample {
  /// The Swift code of a library's page.
  package static func printed(for library: String, test file: String) throws -> String {
    let page = root(of: file).appendingPathComponent(
      "Sources/\(library)/Documentation.docc/\(library).md")
    let lines = try String(contentsOf: page, encoding: .utf8)
      .split(separator: "\n", omittingEmptySubsequences: false)
    return lines.drop { $0 != "```swift" }.dropFirst().prefix { $0 != "```" }
      .joined(separator: "\n")
  }

  /// The code between the lines `// The example.` and `// Its end.` of a test, without indentation.
  package static func tested(in file: String) throws -> String {
    let lines = try String(contentsOf: URL(fileURLWithPath: file), encoding: .utf8)
      .split(separator: "\n", omittingEmptySubsequences: false)
    let code = lines.drop { !$0.hasSuffix("// The example.") }.dropFirst()
      .prefix { !$0.hasSuffix("// Its end.") }
    let indent = code.first?.prefix { $0 == " " }.count ?? 0
    return code.map { $0.dropFirst(indent) }.joined(separator: "\n")
  }

  private static func root(of file: String) -> URL {
    var folder = URL(fileURLWithPath: file)
    while folder.lastPathComponent != "Tests" { folder.deleteLastPathComponent() }
    return folder.deletingLastPathComponent()
  }
}
