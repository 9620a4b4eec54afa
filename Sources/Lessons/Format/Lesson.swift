import Glibc
package import ScoreLab

/// A lesson: steps of text next to a run, with questions whose answers are measured.
package struct Lesson: Sendable {
  /// The name by which it is opened, such as `what-a-score-is`.
  package var name: String
  /// Its place in the course, from 1.
  package var number: Int
  package var title: String
  /// What it is about, in one sentence.
  package var summary: String
  /// How long it takes, in minutes.
  package var minutes: Int
  /// At least one.
  package var steps: [LessonStep]
  /// Where it was read from.
  package var file: String
}

/// A screenful of a lesson: its text, the run and the picture next to it, and what is to be done.
package struct LessonStep: Sendable {
  package var title: String
  package var text: [LessonText]
  /// The line of its heading, from 1.
  package var line: Int
  /// The run of the step: everything that this step and those before it set.
  package var configuration: RunConfiguration
  /// Whether the step itself sets the run, which then takes the place of what was tried.
  package var setsRun = false
  /// Whether the run begins again when the step is reached from the one before.
  package var isFresh = false
  /// Training pauses after so many steps; 0 trains nothing, nil goes on.
  package var trainingSteps: Int?
  package var picture: LessonPicture
  /// What the step asks to try, as `key=value`; one key does it.
  package var attempt: [String] = []
  /// What is waited for.
  package var conditions: [LessonCondition] = []
  package var question: LessonQuestion?
  /// Curves that stand below the text.
  package var plot: LessonPlot?
  /// The numbers that the step says, each with what is measured.
  package var facts: [LessonFact] = []
}

/// A piece of a step's text, with its marks: `*emphasis*` and code between grave accents.
package enum LessonText: Sendable, Equatable {
  case paragraph(String)
  case item(String)
  /// A line on its own, as it stands.
  case formula(String)

  /// The text with its marks.
  package var source: String {
    switch self {
    case .paragraph(let text), .item(let text), .formula(let text): text
    }
  }

  /// The text without marks.
  package var plain: String {
    switch self {
    case .paragraph(let text), .item(let text): LessonMarkup.plain(text)
    case .formula(let text): text
    }
  }
}

/// What stands next to the text.
package struct LessonPicture: Sendable, Equatable {
  package enum Pane: String, Sendable, CaseIterable { case samples, error, loss, setup }
  package enum View: String, Sendable, CaseIterable { case scatter, density, trajectories, score }
  package enum Arrows: String, Sendable, CaseIterable { case learned, difference, exact }
  package enum Underlay: String, Sendable, CaseIterable {
    case exact, contours, learned, nothing
  }
  package enum Errors: String, Sendable, CaseIterable {
    case distribution, samples, distance, parts, bound, dimension, collapse, refine
  }
  package enum Losses: String, Sendable, CaseIterable {
    case curve, excess, levels, kernel, features, gradients
  }

  package var pane = Pane.samples
  package var view = View.scatter
  package var arrows = Arrows.learned
  package var underlay = Underlay.exact
  /// What the errors are taken under, or along.
  package var errors = Errors.distribution
  /// What the Loss pane shows: losses over steps or by noise level, or the network by noise level.
  package var losses = Losses.curve
  /// The time that the picture is of; nil for the data end.
  package var time: Double?
  /// The time of the noise level whose errors are shown; nil leaves it where it is.
  package var level: Double?
  /// Whether the exact-score run is drawn.
  package var isExactRunShown = false
  /// How many particles the trajectories show.
  package var particles = 6
  /// Whether sample metrics stand below the samples.
  package var areMetricsShown = false

  package init() {}
}

/// Curves that the program draws from quantities.
package struct LessonPlot: Sendable {
  package struct Curve: Sendable {
    package var say: String
    /// An expression of `x`.
    package var value: LessonExpression
  }

  /// 1 to 4.
  package var curves: [Curve]
  /// The places along the axis.
  package var domain: ClosedRange<Double>
  /// The values that are shown; nil shows all.
  package var range: ClosedRange<Double>?
  /// What the axis is called.
  package var axis: String
  /// The line of its key, from 1.
  package var line: Int

  /// How many points a curve has.
  private static let points = 61

  /// The places where curves have values.
  package var places: [Double] {
    (0..<Self.points).map { index in
      let share = Double(index) / Double(Self.points - 1)
      return domain.lowerBound * (1 - share) + domain.upperBound * share
    }
  }

  /// The points of a curve, where its value is known.
  package func points(
    of curve: Curve, _ evidence: LessonEvidence
  ) -> (x: [Double], y: [Double]) {
    let points = places.compactMap { x in
      evidence.value(of: curve.value, variables: ["x": x]).map { (x, $0) }
    }
    return (points.map(\.0), points.map(\.1))
  }
}

/// A number in a step's text, with what the program measures for it.
package struct LessonFact: Sendable {
  /// The number as it stands in the text, such as `0.63` or `2,000`.
  package var said: String
  package var value: LessonExpression
  /// How far the measured value may be from the number.
  package var tolerance: Double
  package var line: Int

  /// The number that is said.
  package var number: Double { Self.number(said) ?? .nan }

  /// What a measured value is to the number: whether they agree.
  package func holds(for measured: Double) -> Bool {
    abs(measured - number) <= tolerance * (1 + 1e-9)
  }

  /// The number of a text with commas between thousands; nil for anything else.
  static func number(_ text: String) -> Double? {
    Double(text.filter { $0 != "," }).flatMap { $0.isFinite ? $0 : nil }
  }

  /// Half a unit of the last digit that is said: the number is then rounded rightly.
  static func rounding(of text: String) -> Double {
    let parts = text.lowercased().split(separator: "e", maxSplits: 1)
    let power = parts.count == 2 ? Int(parts[1]) ?? 0 : 0
    let digits =
      parts.first?.split(separator: ".", omittingEmptySubsequences: false).dropFirst()
      .first?.count ?? 0
    return 0.5 * pow(10, Double(power - digits))
  }
}
