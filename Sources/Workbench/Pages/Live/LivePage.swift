import ScoreCore
import ScoreLab
import TermPlot

extension PageID {
  static let live = PageID("live")
}

/// How the Samples pane draws.
enum SampleView: String, Sendable, CaseIterable {
  case scatter, density, trajectories, score
}

/// Which score the view of the score draws.
enum ScoreArrows: String, Sendable, CaseIterable {
  case learned, difference, exact
}

/// What the view of the score draws under the arrows.
enum ScoreUnderlay: String, Sendable, CaseIterable {
  /// The exact log density.
  case exactDensity
  /// Its contour lines.
  case contours
  /// The log density that the learned score stands for by its probability flow.
  case learnedDensity
  case nothing
}

/// What the Error pane takes the errors under, or along.
enum ErrorView: String, Sendable, CaseIterable {
  /// The noisy distribution q_t.
  case noisyDistribution
  /// The points that the reverse process itself has at the time nearest to the level.
  case ownSamples
  /// Under q_t again, by distance from its mean.
  case shells
}

/// The run that trains, with everything that measures it.
struct LivePage: Page {
  static let id = PageID.live
  static let heading = "Everywhere"
  static let panes: [any Pane] = [SetupPane(), LossPane(), ErrorPane(), SamplesPane()]

  var focus = 0
  var form = FormView(selecting: SetupForm.favourites[0], favourites: SetupForm.favourites)
  var isLossLogarithmic = false
  var isStepLogarithmic = false
  /// The noise level the Error pane shows; 0 is the least noise.
  var levelIndex: Int
  var errorView = ErrorView.noisyDistribution
  var showsWorst = false
  var sampleView = SampleView.scatter
  var showsExactScoreRun = false
  var scoreArrows = ScoreArrows.learned
  var scoreUnderlay = ScoreUnderlay.exactDensity
  /// Whether samples are coloured by their error instead of being compared.
  var colorsErrors = false
  /// The frame of the time cursor, from 0 (noise); nil is the newest, the data end.
  var frame: Int?
  var isAnimating = false
  /// Whether the Samples pane draws the score and needs no samples.
  var isScoreShown: Bool { sampleView == .score && !colorsErrors }
  /// The run that the frame belongs to.
  private var generation: Int?

  init(configuration: RunConfiguration) {
    levelIndex = configuration.probe.levels / 3
  }

  static func receive(_ message: Message, _ state: inout WorkbenchState) -> [Effect] {
    switch message {
    case .session: if let snapshot = state.run.snapshot { state.live.follow(snapshot) }
    case .input(.tick): state.animate()
    case .input, .experiment: break
    }
    return []
  }

  /// Keeps to what the snapshot has.
  private mutating func follow(_ snapshot: Snapshot) {
    if generation != nil, generation != snapshot.generation { frame = nil }
    generation = snapshot.generation
    levelIndex = min(max(0, levelIndex), snapshot.configuration.probe.levels - 1)
  }

  mutating func cover() { isAnimating = false }
}

extension WorkbenchState {
  /// What the live page remembers.
  var live: LivePage {
    get { self[LivePage.self] }
    set { self[LivePage.self] = newValue }
  }

  /// The last frame of the pass on screen.
  var lastFrame: Int { max(0, (run.snapshot?.noisedData?.frames.count ?? 1) - 1) }

  /// Whether the data end is looked at, not time.
  var isAtDataEnd: Bool { live.frame == nil && !live.isAnimating }

  /// The frame shown.
  var shownFrame: Int { min(live.frame ?? lastFrame, lastFrame) }

  /// One tick of the animation: the pass plays in about four seconds and rests at its end.
  fileprivate mutating func animate() {
    guard live.isAnimating, run.snapshot?.noisedData != nil else { return }
    let stride = max(1, lastFrame / 100)
    live.frame = shownFrame >= lastFrame ? 0 : min(shownFrame + stride, lastFrame)
  }
}

// MARK: - Layout

extension LivePage {
  /// Setup, Loss over Error, Samples side by side from 120 x 30; two by two from 80 x 20.
  static func arrange(in body: Rect, of screen: Size, focus: Int) -> [PlacedPane]? {
    guard screen.isMiddling else { return nil }
    if screen.isLarge {
      let (setup, plots) = body.splitLeft(columns: 36)
      let (middle, samples) = plots.splitLeft(columns: plots.width / 2)
      let (loss, error) = middle.splitTop(rows: middle.height * 2 / 5)
      return [
        PlacedPane(0, setup), PlacedPane(1, loss), PlacedPane(2, error), PlacedPane(3, samples),
      ]
    }
    let (left, right) = body.splitLeft(columns: body.width * 19 / 40)
    // A row more than half: what matters of the form is there without scrolling.
    let (setup, loss) = left.splitTop(rows: left.height / 2 + 1)
    let (error, samples) = right.splitTop(rows: right.height / 2)
    return [
      PlacedPane(0, setup), PlacedPane(1, loss), PlacedPane(2, error), PlacedPane(3, samples),
    ]
  }
}
