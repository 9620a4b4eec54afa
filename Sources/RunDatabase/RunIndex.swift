package import ScoreLab
import Synchronization

/// The runs of a list in an order, made to be searched at every key that is pressed.
package struct RunIndex: Sendable {
  /// In the order asked for.
  package let runs: [RunSummary]
  /// What is searched of all runs, one after the other, in lower case.
  private let text: [UInt8]
  /// Where the text of each run ends.
  private let ends: [Int]
  /// The place of each run.
  private let places: [RunID: Int]
  /// What was found last: a screen asks for it several times a frame.
  private let last = LastSearch()

  /// Sorts runs and gathers what they are found by.
  package init(_ runs: [RunSummary] = [], order: RunSummary.Order = .updated) {
    let runs = runs.sorted { order.places($0, before: $1) }
    self.runs = runs
    var (text, ends) = ([UInt8](), [Int]())
    text.reserveCapacity(runs.count * 64)
    ends.reserveCapacity(runs.count)
    for run in runs {
      // No word of a filter has a line end, so none is found across two of these.
      let words = ([run.name, "\(run.id)", run.distribution, run.note] + run.tags)
        .joined(separator: "\n")
      text += words.lowercased().utf8
      ends.append(text.count)
    }
    (self.text, self.ends) = (text, ends)
    places = Dictionary(runs.enumerated().map { ($1.id, $0) }) { first, _ in first }
  }

  /// The runs that have each of the words of a filter in name, id, distribution, tags or note.
  ///
  /// - Parameter filter: Words, in whatever case; no words find all.
  /// - Returns: Their places in ``runs``, in order.
  package func places(matching filter: String) -> [Int] {
    last.places(for: filter) { search(filter) }
  }

  /// The place of a run; nil where it is not on the list.
  package func place(of run: RunID) -> Int? { places[run] }

  private func search(_ filter: String) -> [Int] {
    let words = filter.lowercased().split(separator: " ").map { Array($0.utf8) }
    guard !words.isEmpty else { return Array(runs.indices) }
    return text.withUnsafeBufferPointer { text in
      runs.indices.filter { place in
        let part = text[(place == 0 ? 0 : ends[place - 1])..<ends[place]]
        return words.allSatisfy { Self.has(UnsafeBufferPointer(rebasing: part), $0) }
      }
    }
  }

  /// Whether bytes have others among them.
  private static func has(_ text: UnsafeBufferPointer<UInt8>, _ word: [UInt8]) -> Bool {
    guard text.count >= word.count, let first = word.first else { return word.isEmpty }
    for start in 0...(text.count - word.count) where text[start] == first {
      if (1..<word.count).allSatisfy({ text[start + $0] == word[$0] }) { return true }
    }
    return false
  }
}

/// The places that the last filter has found.
private final class LastSearch: Sendable {
  private let last = Mutex<(filter: String, places: [Int])?>(nil)

  /// The places of a filter, found anew where it is another one than the last.
  func places(for filter: String, _ search: () -> [Int]) -> [Int] {
    if let known = last.withLock({ $0?.filter == filter ? $0?.places : nil }) { return known }
    let found = search()
    last.withLock { $0 = (filter, found) }
    return found
  }
}
