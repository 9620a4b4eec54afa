import ScoreCore
import ScoreLab
import TermPlot

extension PageID {
  static let live = PageID("live")
}

/// How the Samples pane draws.
enum SampleView: String, Sendable, CaseIterable {
  case scatter, density, trajectories, score
  /// Small plots of every pair of up to four coordinates.
  case matrix
  /// Samples as pictures, over their nearest ones or a class a row.
  case pictures
  /// Over their nearest ones where pictures are a class a row.
  case nearest
  /// The way of one sample from noise to a picture.
  case denoising

  /// Whether there is such a view of a run's points.
  func isFit(for snapshot: Snapshot) -> Bool {
    switch self {
    case .scatter, .density, .trajectories: true
    case .score: snapshot.dimension <= 2
    case .matrix: snapshot.dimension > 2
    case .pictures, .denoising: snapshot.images != nil
    case .nearest:
      snapshot.images != nil && snapshot.samples?.classes.map(ClassPictures.areMany) ?? false
    }
  }

  /// Whether it draws points along axes that are chosen.
  var hasAxes: Bool {
    switch self {
    case .scatter, .density, .trajectories, .score: true
    case .matrix, .pictures, .nearest, .denoising: false
    }
  }

  /// Whether the exact-score run can take the place of the noised data in it.
  var hasExactScoreRun: Bool {
    switch self {
    case .scatter, .density, .matrix: true
    case .trajectories, .score, .pictures, .nearest, .denoising: false
    }
  }
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
  /// Under q_t, cut into what class, data and descent leave.
  case parts
  /// What they bound: the distance of the samples in total variation.
  case bound
  /// How many dimensions the score finds.
  case dimension
  /// How far the score leads to the data's manifold.
  case collapse
  /// How far the samples have the data's density along it.
  case refine
  /// The error of every pixel of pictures.
  case pixels

  /// Whether there is such a view of a run's points.
  func isFit(for snapshot: Snapshot) -> Bool {
    switch self {
    case .noisyDistribution, .ownSamples, .shells, .parts, .bound, .dimension, .collapse, .refine:
      true
    case .pixels: snapshot.images != nil
    }
  }
}

/// The run that trains, with everything that measures it.
struct LivePage: Page {
  static let id = PageID.live
  static let heading = "Everywhere"
  static let panes: [any Pane] = [SetupPane(), LossPane(), ErrorPane(), SamplesPane()]

  var focus = 0
  var windows: [String: PlotWindow] = [:]
  var layout = LiveLayout.explore
  var form = FormView(selecting: SetupForm.favourites[0], favourites: SetupForm.favourites)
  var isLossLogarithmic = false
  var isStepLogarithmic = false
  var lossView = LossView.curve
  /// The target whose loss is shown by noise level; nil for the run's.
  var lossTarget: String?
  /// The noise level the Error pane shows; 0 is the least noise.
  var levelIndex: Int
  var errorView = ErrorView.noisyDistribution
  var showsWorst = false
  var sampleView = SampleView.scatter
  /// Which of the planes is drawn, of points with more than two coordinates.
  var plane = 0
  /// How many particles the trajectories show.
  var particleCount = 6
  /// The particle that is followed, by its place; nil follows none.
  var followed: Int?
  /// Where the crosshair is, in model coordinates; nil hides it.
  var crosshair: [Double]?
  /// The particle that was put down.
  var placed: PlacedParticle?
  var showsExactScoreRun = false
  /// Whether sample metrics stand below the samples; nil where there is plenty of room.
  var showsMetrics: Bool?
  /// The sample metrics that were chosen, by name; nil for the standard ones.
  var metrics: [String]?
  var scoreArrows = ScoreArrows.learned
  var scoreUnderlay = ScoreUnderlay.exactDensity
  /// Whether samples are coloured by their error instead of being compared.
  var colorsErrors = false
  /// The frame of the time cursor, from 0 (noise); nil is the newest, the data end.
  var frame: Int?
  var isAnimating = false
  /// How fast time plays, 1 for a pass in about four seconds.
  var playSpeed = 1.0
  /// The part of a frame that a tick left over.
  var playRest = 0.0
  /// Whether the Samples pane's time and the Error pane's level follow each other.
  var isTimeLinked = true
  /// The run that the frame belongs to.
  private var generation: Int?

  init(configuration: RunConfiguration) {
    levelIndex = configuration.probe.levels / 3
  }

  static func receive(_ message: Message, _ state: inout WorkbenchState) -> [Effect] {
    switch message {
    case .session: if let snapshot = state.run.snapshot { state.live.follow(snapshot) }
    case .input(.tick): state.animate()
    case .input, .experiment, .library, .sweep: break
    }
    return []
  }

  /// Keeps to what the snapshot has.
  private mutating func follow(_ snapshot: Snapshot) {
    if generation != nil, generation != snapshot.generation {
      frame = nil
      (crosshair, placed) = (nil, nil)
      plane = 0
      if !sampleView.isFit(for: snapshot) { sampleView = .scatter }
      if !errorView.isFit(for: snapshot) { errorView = .noisyDistribution }
      windows = [:]
    }
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

  /// The place of the Samples pane on the page on screen; the last one where there is none.
  var samplesPane: Int {
    let panes = pageType.panes
    return panes.firstIndex { $0 is SamplesPane } ?? panes.count - 1
  }
}
