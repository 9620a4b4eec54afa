import ScoreLab
import Synchronization

/// The exhibits that depend on an experiment's values alone, each made when it is first asked for.
final class FixedExhibits: Sendable {
  private let made = Mutex<[Int: Exhibit.Content]>([:])

  /// The exhibit at a place; `make` is called the first time only.
  func content(at place: Int, _ make: () -> Exhibit.Content) -> Exhibit.Content {
    if let content = made.withLock({ $0[place] }) { return content }
    let content = make()
    made.withLock { $0[place] = content }
    return content
  }
}
