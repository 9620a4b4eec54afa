package import RunDatabase
import ScoreLab

/// A run as someone names it: by its name, or by the first digits of its id.
package struct RunChoice {
  /// How many names are listed where one is not known.
  private static let shown = 8

  package var text: String

  package init(_ text: String) { self.text = text }

  /// Finds the run.
  ///
  /// - Parameter runs: Those there are.
  /// - Returns: The run.
  /// - Throws: ``Failure/Usage`` with the name that was probably meant, or with those that begin so.
  package func find(among runs: [RunSummary]) throws(Failure.Usage) -> RunSummary {
    if let run = runs.first(where: { $0.name == text }) { return run }
    let digits = text.lowercased()
    let found = runs.filter { "\($0.id)".hasPrefix(digits) }
    if found.count == 1, !text.isEmpty { return found[0] }
    guard found.isEmpty || text.isEmpty else {
      let names = found.prefix(Self.shown).map { "\($0.id) (\($0.name))" }
      throw Failure.Usage(
        "\(found.count) runs have an id that begins with \(digits): "
          + names.joined(separator: ", ") + (found.count > Self.shown ? " ..." : ""))
    }
    guard let last = runs.first else { throw Failure.Usage("no run is kept yet.") }
    let meant = Spelling.suggestion(for: text, among: runs.map(\.name))
    throw Failure.Usage(
      "no run has the name or id \"\(text)\""
        + (meant.map { ", did you mean \($0)?" } ?? "; the last is \(last.name), and")
        + " scorefield runs lists them")
  }
}
