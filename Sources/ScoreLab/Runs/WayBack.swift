/// The places that the head of runs was at before its changes and moves: what undo goes back through, and
/// redo forward.
struct WayBack {
  /// Where the head was before each change and move, the last one last.
  private var earlier: [RunPlace] = []
  /// Where it was before each undo since the last change or move.
  private var later: [RunPlace] = []
  /// Whether the last move was along the head's run, so that the next is undone with it.
  private var isAlongRun = false

  /// Where undo goes; nil where nothing is left of it.
  var previous: RunPlace? { earlier.last }

  /// Where redo goes; nil where nothing was undone.
  var next: RunPlace? { later.last }

  /// Notes where the head was before a change, a restart or an opening.
  mutating func note(_ place: RunPlace) {
    earlier.append(place)
    later.removeAll()
    isAlongRun = false
  }

  /// Notes where the head was before a move along its run; moves of this kind in turn are undone as one.
  mutating func noteAlongRun(_ place: RunPlace) {
    if !isAlongRun { note(place) }
    isAlongRun = true
  }

  /// What comes next is no move along the run.
  mutating func endMoveAlongRun() { isAlongRun = false }

  /// The head has gone to the previous place from another one.
  mutating func undo(from place: RunPlace) {
    earlier.removeLast()
    later.append(place)
    isAlongRun = false
  }

  /// The head has gone to the next place from another one.
  mutating func redo(from place: RunPlace) {
    later.removeLast()
    earlier.append(place)
    isAlongRun = false
  }
}
