import TermPlot

/// The sequences that the terminal's entry in terminfo names for keys.
///
/// Most terminals send the forms of ECMA-48, which ``KeyDecoder`` reads without a table; this is
/// for the others, such as the function keys of the Linux console.
package struct KeySequences {
  private var keys: [[UInt8]: Key] = [:]
  /// Every proper beginning of a sequence.
  private var beginnings: Set<[UInt8]> = []

  /// - Parameter string: Looks a capability up; empty for one that the terminal has not.
  package init(string: (String) -> [UInt8]) {
    for (name, key) in KeySequences.names {
      let sequence = string(name)
      // What does not begin with Escape is a character, and that its own key.
      guard sequence.count > 1, sequence[0] == 0x1B, keys[sequence] == nil else { continue }
      keys[sequence] = key
      for count in 1..<sequence.count { beginnings.insert(Array(sequence.prefix(count))) }
    }
  }

  func key(of bytes: [UInt8]) -> Key? { keys[bytes] }

  /// Whether more bytes could make a sequence of these.
  func isBeginning(_ bytes: [UInt8]) -> Bool { beginnings.contains(bytes) }

  private static let names: [(String, Key)] =
    [
      ("kcuu1", .up), ("kcud1", .down), ("kcub1", .left), ("kcuf1", .right), ("kri", .up),
      ("kind", .down), ("kLFT", .left), ("kRIT", .right), ("khome", .home), ("kend", .end),
      ("kHOM", .home), ("kEND", .end), ("ka1", .home), ("kc1", .end), ("kpp", .pageUp),
      ("knp", .pageDown), ("ka3", .pageUp), ("kc3", .pageDown), ("kdch1", .delete),
      ("kbs", .backspace), ("kcbt", .backTab), ("kent", .enter),
    ] + (1...12).map { ("kf\($0)", .function($0)) }
}
