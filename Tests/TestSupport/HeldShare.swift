import Glibc

/// How often an interval or a null held over repetitions, told to `script/proof-intervals`.
///
/// The tests have bounds of their own; the script collects the shares of all of them in one table.
package struct HeldShare {
  /// How many repetitions a test takes that would take fewer by itself.
  package static func repetitions(_ usual: Int) -> Int {
    path == nil ? usual : max(usual, 1000)
  }

  private static var path: String? { getenv("SCOREFIELD_HELD_SHARES").map { String(cString: $0) } }

  /// Adds a line to the file that the variable names, if it is set.
  ///
  /// - Parameters:
  ///   - subject: What held, in plain words and without a tab.
  ///   - count: How often.
  ///   - total: Out of how many repetitions.
  ///   - stated: The share that was promised.
  ///   - isAtLeast: Whether more is right too, as where numbers are discrete.
  ///   - shared: One over the number of draws that all repetitions have in common; 0 if they are apart.
  package static func tell(
    _ subject: String, _ count: Int, of total: Int, stated: Double, isAtLeast: Bool = false,
    shared: Double = 0
  ) {
    guard let path, let file = fopen(path, "a") else { return }
    defer { fclose(file) }
    // One call, so that lines of tests that run at once stay whole.
    let kind = isAtLeast ? "at least" : "equal"
    fputs("\(subject)\t\(count)\t\(total)\t\(stated)\t\(kind)\t\(shared)\n", file)
  }
}
