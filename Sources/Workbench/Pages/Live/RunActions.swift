import ScoreLab
import TermPlot

extension TrainingPace {
  /// The paces that keys go through.
  static let ladder: [TrainingPace] =
    [1, 2, 5, 10, 20, 50, 100, 200, 500, 1000].map { .stepsPerSecond($0) } + [.full]

  /// Whether it is faster than another.
  func isFaster(than other: TrainingPace) -> Bool { rate > other.rate }

  private var rate: Double {
    switch self {
    case .full: .infinity
    case .stepsPerSecond(let count): Double(count)
    }
  }

  /// In words, for a notice.
  fileprivate var words: String {
    switch self {
    case .full: "training goes as fast as it can"
    case .stepsPerSecond(let count): "at most \(grouped(count)) steps a second"
    }
  }
}

extension WorkbenchState {
  /// Trains at a pace; nil changes nothing.
  mutating func setPace(_ pace: TrainingPace?) -> [Effect] {
    guard let pace else { return [] }
    run.pace = pace
    notice = Notice(text: pace.words, role: .accent)
    return [.send(.pace(pace))]
  }

  /// Goes to another place of the tree of runs.
  mutating func moveHead(_ command: SessionCommand, saying words: String) -> [Effect] {
    notice = Notice(text: words, role: .accent)
    return [.send(command)]
  }

  /// Writes the run into a folder, a new one where none is named.
  mutating func save(in folder: String?) -> [Effect] {
    notice = Notice(text: "saving ...", role: .accent)
    return [.send(.save(folder: folder))]
  }
}

/// What can be done with a long run that is not saved, before the program ends.
enum LeavingChoice: CaseIterable, Sendable, Equatable {
  /// Training of so many seconds is worth a question.
  static let seconds = 60.0

  case save, discard, stay

  private var words: (name: String, summary: String) {
    switch self {
    case .save: ("save and quit", "into a new folder here: configuration, edits, weights, losses")
    case .discard: ("quit", "the weights are lost; the command line that gives them is printed")
    case .stay: ("stay", "Esc")
    }
  }

  /// Draws the question over the screen.
  func draw(_ state: WorkbenchState, into canvas: inout Canvas) {
    let seconds = Int(state.run.unsavedSeconds)
    let time = seconds < 120 ? "\(seconds) s" : "\(seconds / 60) min"
    ChoiceList(
      "\(time) of training are not saved",
      choices: Self.allCases.map { .init($0.words.name, summary: $0.words.summary) },
      selected: Self.allCases.firstIndex(of: self), hint: "Enter chooses, Esc stays",
      marks: state.marks
    ).draw(into: &canvas, in: canvas.bounds)
  }
}

extension WorkbenchState {
  /// A key while the program asks what to do with the run.
  mutating func press(_ key: Key, in open: LeavingChoice) -> [Effect] {
    let all = LeavingChoice.allCases
    let place = all.firstIndex(of: open) ?? 0
    switch key {
    case .up, .character("k"): overlay = .leaving(all[max(0, place - 1)])
    case .down, .character("j"): overlay = .leaving(all[min(all.count - 1, place + 1)])
    case .escape: overlay = nil
    case .enter:
      overlay = nil
      switch open {
      case .save:
        quitsWhenSaved = true
        return save(in: nil)
      case .discard: return stop()
      case .stay: break
      }
    default: break
    }
    return []
  }
}
