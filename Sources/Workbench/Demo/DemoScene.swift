import Lessons

/// Something that the demo shows for a while, with a sentence.
struct DemoScene: Sendable, Equatable {
  /// The preset that trains; scenes with the same one in turn share its run.
  var preset: String
  var layout: LiveLayout
  var seconds: Int
  /// What the audience reads.
  var caption: String
  var picture: LessonPicture
  /// Whether the picture goes from noise to data.
  var playsTime = false

  init(
    _ preset: String, _ layout: LiveLayout, seconds: Int = 12, _ caption: String,
    view: LessonPicture.View = .scatter, playsTime: Bool = false,
    change: (inout LessonPicture) -> Void = { _ in }
  ) {
    (self.preset, self.layout, self.seconds, self.caption) = (preset, layout, seconds, caption)
    picture = LessonPicture()
    picture.view = view
    change(&picture)
    self.playsTime = playsTime
  }

  /// The scenes in their order; behind the last one comes the first.
  static let all: [DemoScene] = [
    DemoScene(
      "two-moons", .present, seconds: 16,
      "A small network learns to make data out of noise. At the right its samples, next to real points."
    ),
    DemoScene(
      "two-moons", .watch,
      "It learns the score: the slope of the log density. The arrows point to where data are likely.",
      view: .score),
    DemoScene(
      "two-moons", .watch, seconds: 14,
      "From noise to data: particles follow the learned score backwards in time.",
      view: .trajectories, playsTime: true),
    DemoScene(
      "two-moons", .errors,
      "The exact score is known here, so every error can be measured, at every noise level."),
    DemoScene(
      "spiral", .watch, seconds: 16,
      "Another distribution, from the first step: look how the samples find the spiral."),
    DemoScene(
      "spiral", .watch,
      "The difference of the learned score and the exact one: it is largest where data are rare.",
      view: .score
    ) { $0.arrows = .difference },
    DemoScene(
      "few-points", .present, seconds: 16,
      "Thirty training points: the training loss falls, the held-out loss rises. That is overfitting."
    ),
    DemoScene(
      "hard-pair", .errors, seconds: 16,
      "1 % of the data lie far away. L2 is large because of them, D_delta is not (Gupta et al. 2024)."
    ),
    DemoScene(
      "hard-pair", .compare,
      "Samples do not mind: the rare part has little mass. The bound on samples needs D_delta only."
    ),
    DemoScene(
      "probability-flow", .watch, seconds: 14,
      "Without fresh noise the paths are smooth: the probability flow and the reverse SDE side by side.",
      view: .trajectories, playsTime: true
    ) { $0.particles = 12 },
    DemoScene(
      "letters", .present, seconds: 18,
      "What is learned can be anything with a density: here it is a word."),
    DemoScene(
      "letters", .explore, seconds: 14,
      "The whole workbench: every value can be changed while it trains. Any key ends this demo."),
  ]
}
