import ScoreTheory
import TermPlot

@testable import ScoreCore
@testable import ScoreLab
@testable import Workbench

/// Snapshots made from whole numbers and fractions, the same bits on every machine.
enum Fixture {
  static let steps = 8
  static let points = 200
  /// A multiple of 64, and enough for the standard delta.
  static let probePoints = 2048

  static func configuration(dimension: Int) throws -> RunConfiguration {
    let distribution =
      switch dimension {
      case 1: "distribution.kind=gaussian_mixture"
      case 2: "distribution.kind=two_moons"
      default:
        "distribution={kind: gaussian_mixture, components: [{mean: [0, 0, 0, 0, 0], deviation: 1}]}"
      }
    return try RunConfiguration().setting([
      distribution, "sampler.steps=\(steps)", "sampler.count=\(points)", "probe.levels=6",
      "probe.points=\(probePoints)",
    ])
  }

  static func snapshot(
    dimension: Int, names: [String]? = nil, status: SessionStatus = .training
  ) throws -> Snapshot {
    var frame = CoordinateFrame(dimension: dimension)
    if let names { frame.names = Array(names.prefix(dimension)) }
    let configuration = try configuration(dimension: dimension)
    var snapshot = Snapshot(
      configuration: configuration, log: RunLog(start: configuration),
      warnings: ["the horizon is short"],
      progress: SessionProgress(
        generation: 0, status: status, step: 4000, stepsPerSecond: 1234.4),
      curve: LossCurve(
        history: history, edits: [EditMark(step: 1500, label: "learning_rate 0.001 -> 0.002")]),
      data: DataDescription(coordinates: frame, distributionNote: nil),
      measurements: measurements(dimension: dimension))
    let run = snapshot.runs.start(RunLog(start: configuration), as: RunID(1)).id
    snapshot.runs.grow(run, RunLog(start: configuration), executedSteps: 5000)
    // Behind the end of its run, so that there is a way back and a way on.
    snapshot.executedSteps = 4000
    return snapshot
  }

  private static func measurements(dimension: Int) -> MeasurementResults {
    var results = MeasurementResults()
    results[HeldOutMeasurement.self].value = (1...10).map {
      HeldOutPoint(step: 400 * $0, excess: 0.5 / Double($0))
    }
    results[FloorMeasurement.self].value = BayesFloor(
      value: 0.75, error: 0.001, method: .monteCarlo(draws: 4096))
    results[ProbeMeasurement.self].value = ProbeResult(
      step: 3990, levels: (0..<6).map(level), places: (0..<6).map { places($0, dimension) })
    results[ErrorPartsMeasurement.self].value = errorParts
    results[SamplesMeasurement.self].value = SamplePass(
      step: 3980, trajectories: pass(dimension: dimension, shift: 0.25))
    results[PathBoundMeasurement.self].value = .known(pathBound)
    results[SampleErrorsMeasurement.self].value = sampleErrors(dimension: dimension)
    results[ExactScoreRunMeasurement.self].value = pass(dimension: dimension, shift: 0.125)
    results[NoisedDataMeasurement.self].value = NoisedData(
      trajectories: pass(dimension: dimension, shift: 0),
      densities: dimension == 1 ? densities : nil)
    addFields(to: &results, dimension: dimension)
    results[SampleMetricsMeasurement.self].value = sampleMetrics(dimension: dimension)
    if dimension > 2 {
      results[PrincipalComponentsMeasurement.self].value = PrincipalComponents(
        of: spread(dimension: dimension), count: 2, seed: 7)
    }
    results[WalksMeasurement.self].value = Walks(
      step: 3960, ways: [false, true].map { walk(dimension: dimension, isFlow: $0) })
    return results
  }

  /// The variances 24 and 5, and 1 along every other axis.
  private static func spread(dimension: Int) -> GaussianMixture {
    GaussianMixture([
      .init(
        mean: Array(repeating: 0, count: dimension),
        spread: .diagonal(
          (0..<dimension).map { ($0 == 0 ? 24 : $0 == 1 ? 5 : 1.0).squareRoot() }))
    ])
  }

  /// One metric above its null and the others within theirs; the last without a value yet.
  private static func sampleMetrics(dimension: Int) -> [LiveMetric] {
    let names = SampleMetricsMeasurement.standard(dimension: dimension)
    return names.enumerated().map { index, name in
      guard index < names.count - 1 else { return LiveMetric(name: name) }
      let values = (1...12).map { 0.5 / Double($0 + index) }
      let null = (1...39).map { 0.001 * Double($0) * Double(1 + index) }
      return LiveMetric(
        name: name,
        result: MetricResult(
          MetricEvaluation(value: values[11], null: null), sampleCount: points, delta: 0.05),
        history: values.enumerated().map { .init(step: 300 * ($0.offset + 1), value: $0.element) })
    }
  }

  /// The points of the samples as particles, each with a twin a little off.
  private static func walk(dimension: Int, isFlow: Bool) -> Walk {
    let scores = times.indices.map { index in
      (0..<points * dimension).map { Float($0 % 7 - 3) / Float(4 + index) }
    }
    return Walk(
      sampler: isFlow ? "probability_flow_heun" : "exponential_integrator",
      isDeterministic: isFlow, learned: pass(dimension: dimension, shift: 0.25),
      exact: pass(dimension: dimension, shift: isFlow ? 0.25 : 0.125), estimates: scores,
      exactScores: scores.map { $0.map { 0.5 * $0 } })
  }

  /// A normal density and its score, the learned one a tenth too short, on whole numbers of nodes.
  private static func addFields(to results: inout MeasurementResults, dimension: Int) {
    guard dimension <= 2, let data = results.noisedData else { return }
    func frame(_ index: Int, _ ranges: [ClosedRange<Double>]) -> ExactField.Frame {
      let place = FieldPlace(
        index: index, time: times[index],
        level: NoiseLevel(alpha: 0.25 + 0.0625 * Double(index), sigma: 1.5 - 0.125 * Double(index)),
        grid: FieldGrid(over: ranges, side: 9))
      let nodes = place.grid.points
      return ExactField.Frame(
        place: place, logDensity: nodes.squaredNorms().map { -$0 / 2 - 1 },
        score: nodes.values.map { Float(-$0 * place.level.sigma) })
    }
    let axes = 0..<dimension
    let frames = times.indices.map { frame($0, axes.map { data.range($0) }) }
    let end = frame(times.count - 1, axes.map { data.range($0, frame: times.count - 1) })
    results[ExactFieldMeasurement.self].value = ExactField(frames: frames, end: end)
    results[LearnedFieldMeasurement.self].value = LearnedField(
      frames: (frames + [end]).map {
        .init(step: 3970, place: $0.place, values: $0.score.map { 0.875 * $0 })
      })
    results[LearnedDensityMeasurement.self].value = LearnedField(
      frames: [frames[0], end].map {
        .init(step: 3960, place: $0.place, values: $0.logDensity.map { Float(0.5 * $0) })
      })
  }

  static func divergence(step: Int) -> Divergence {
    Divergence(step: step, loss: .nan, learningRate: 10, restoredStep: 0)
  }

  private static var history: LossHistory {
    var history = LossHistory()
    for step in 1...4000 {
      let wave = Double(step * 37 % 101) / 400
      history.append(step: step, loss: 0.8 + 40 / Double(step + 40) + wave)
    }
    return history
  }

  private static func level(_ index: Int) -> ScoreErrorDistribution {
    let time = [0.001, 0.01, 0.05, 0.25, 1, 5][index]
    let scale = [0.9, 0.6, 0.4, 0.2, 0.1, 0.05][index]
    return ScoreErrorDistribution(
      level: NoiseLevel(alpha: 1 - 0.1 * Double(index), sigma: 0.2 * Double(index + 1)),
      time: time,
      unsorted: (1...probePoints).map { rank in
        let share = Double(rank) / Double(probePoints)
        return Float(scale * share * share)
      })
  }

  /// The whole cut in eighths: five of the class, one of the data, three of the descent, so that they
  /// add up to more than the whole.
  static var errorParts: ErrorParts {
    func part(_ index: Int, _ eighths: Float) -> ScoreErrorDistribution {
      let whole = level(index)
      return ScoreErrorDistribution(
        level: whole.level, time: whole.time,
        unsorted: whole.errors.map { $0 * eighths / 8 })
    }
    return ErrorParts(
      step: 3970, minimisers: Minimisers(population: .known(.exact), empirical: .known(.exact)),
      levels: (0..<6).map {
        ErrorParts.Level(
          whole: level($0), approximation: part($0, 5), statistical: part($0, 1),
          optimization: part($0, 3), rest: part($0, 4))
      })
  }

  /// Six steps whose scores are the six levels', from the most noise to the least.
  static var pathBound: PathBound.Terms {
    PathBound.Terms(
      step: 3960, dimension: 2, stepCount: 6, process: OrnsteinUhlenbeck(horizon: 5, stop: 0.001),
      secondMoment: 2, errors: (0..<6).reversed().map(level),
      explicit: ExplicitBound(
        score: PathCertificate(accumulated: (1...100).map { 0.0001 * Double($0) }),
        freezing: Estimate(value: 0.02, standardError: 0),
        start: Estimate(value: 0.015625, standardError: 0)),
      variation: MetricResult(
        MetricEvaluation(value: 0.25, null: (1...39).map { 0.001 * Double($0) }),
        sampleCount: points, delta: 0.05))
  }

  private static func places(_ index: Int, _ dimension: Int) -> ErrorPlaces {
    let errors = level(index)
    let quarter = probePoints / 4
    return ErrorPlaces(
      worst: (1...10).map { rank in
        ErrorPlaces.WorstPoint(
          position: (0..<dimension).map { Double(rank * (1 + $0)) }, logDensity: -Double(rank),
          error: Double(errors.errors[probePoints - rank]))
      },
      shells: (0..<4).map { shell in
        ErrorPlaces.Shell(
          inner: Double(shell), outer: Double(shell) + 0.75,
          errors: ScoreErrorDistribution(
            level: errors.level, time: errors.time,
            unsorted: Array(errors.errors[quarter * shell..<quarter * (shell + 1)])),
          share: [0.0625, 0.125, 0.25, 0.5625][shell])
      })
  }

  private static func sampleErrors(dimension: Int) -> SampleErrors {
    let trajectories = pass(dimension: dimension, shift: 0.25)
    let frames = times.indices.map { index in
      let values = (0..<points).map { Float((1 + $0 * 37 % 100) * (1 + index)) / 1024 }
      let level = NoiseLevel(
        alpha: 0.25 + 0.0625 * Double(index), sigma: 1.5 - 0.125 * Double(index))
      return SampleErrors.Frame(
        index: index, values: values,
        errors: ScoreErrorDistribution(level: level, time: times[index], unsorted: values))
    }
    return SampleErrors(step: 3980, trajectories: trajectories, frames: frames)
  }

  static let times: [Double] = [5, 2.5, 1.25, 0.625, 0.25, 0.125, 0.0625, 0.03125, 0.001]

  /// Points that shrink from a wide square to two small ones.
  private static func pass(dimension: Int, shift: Double) -> Trajectories {
    var trajectories = Trajectories(count: points, dimension: dimension, frames: times.count)
    for (frame, time) in times.enumerated() {
      let width = 2.5 - 0.25 * Double(frame)
      let values = (0..<points * dimension).map { index in
        let (point, axis) = (index / dimension, index % dimension)
        let place = Double(point * (37 + 36 * axis) % points) / 100 - 1
        let side = point % 2 == 0 ? -1.0 : 1.0
        return width * place + side * 0.2 * Double(frame) + shift
      }
      trajectories.record(Points(values: values, dimension: dimension), at: time)
    }
    return trajectories
  }

  private static var densities: ExactDensities {
    let positions = (0...80).map { -4 + Double($0) / 10 }
    return ExactDensities(
      positions: positions,
      frames: times.indices.map { frame in
        positions.map { 0.4 / (1 + Double(frame + 1) * $0 * $0) }
      })
  }

  /// A state that shows a snapshot, or nothing yet when there is no dimension.
  static func state(
    dimension: Int? = 2, columns: Int = 80, rows: Int = 24, marks: Marks = .braille
  ) throws -> WorkbenchState {
    var state = WorkbenchState(
      size: Size(columns: columns, rows: rows),
      configuration: try configuration(dimension: dimension ?? 2),
      themes: [.builtIn, Theme.builtIn], marks: marks)
    state.tablePage.table = TableFixture.table
    state.sweepPage.path = "a.sweep"
    if let dimension {
      state.receive(try snapshot(dimension: dimension))
    }
    return state
  }

  /// A page with something on it.
  static func state(
    of page: any Page.Type, columns: Int = 80, rows: Int = 24
  ) throws -> WorkbenchState {
    if page.id == .experiment { return try ExperimentFixture.state(columns: columns, rows: rows) }
    if page.id == .start { return try StartFixture.state(columns: columns, rows: rows) }
    if page.id == .table { return TableFixture.state(columns: columns, rows: rows) }
    if page.id == .sweep { return SweepFixture.state(columns: columns, rows: rows) }
    if page.id == .runs { return try RunsFixture.state(columns: columns, rows: rows) }
    var state = try state(columns: columns, rows: rows)
    if let opener = page.opener { _ = state.perform(opener) }
    return state
  }
}

extension Fixture {
  /// A state whose samples are digits of the data that come out of stripes, each next to itself as
  /// the nearest picture.
  static func digits(
    columns: Int = 80, rows: Int = 24, marks: Marks = .braille
  ) throws -> WorkbenchState {
    let configuration = try RunConfiguration().setting([
      "distribution.kind=digits", "sampler.steps=\(steps)", "sampler.count=\(points)",
      "probe.levels=6", "probe.points=\(probePoints)",
    ])
    let made = try configuration.distribution.makeDistribution(dataSource: DataFile())
    guard let digits = made as? SmoothedPoints else { preconditionFailure("Digits are points.") }
    // As exact as samples are kept, so that a picture and its nearest one have the same greys.
    let images = Points(
      values: digits.data.rows(0..<points).values.map { Double(Float($0)) }, dimension: 64)
    var snapshot = try snapshot(dimension: 64)
    snapshot.configuration = configuration
    snapshot.data.coordinates = digits.coordinates
    snapshot.data.images = digits.images
    var way = Trajectories(count: points, dimension: 64, frames: times.count)
    for (frame, time) in times.enumerated() {
      let share = Double(frame) / Double(steps)
      let values = images.values.enumerated().map { index, value in
        share * value + (1 - share) * (index % 3 == 0 ? 2 : -1)
      }
      way.record(Points(values: values, dimension: 64), at: time)
    }
    snapshot.measurements[SamplesMeasurement.self].value = SamplePass(step: 3980, trajectories: way)
    snapshot.measurements[NoisedDataMeasurement.self].value = NoisedData(trajectories: way)
    snapshot.measurements[NearestImagesMeasurement.self].value = NearestImages(
      step: 3980, images: images.rows(0..<NearestImages.limit),
      // Every fourth is nearer than the null's quantile, 2.2.
      distances: (0..<NearestImages.limit).map { $0 % 4 == 0 ? 0.75 : 3 + 0.01 * Double($0) },
      total: 1797, isTrainingSet: false, null: NearestNull((1...200).map { 2 + 0.02 * Double($0) }))
    addDenoising(of: images, along: way, to: &snapshot)
    snapshot.measurements[PixelErrorsMeasurement.self].value = pixelErrors
    var state = WorkbenchState(
      size: Size(columns: columns, rows: rows), configuration: configuration,
      themes: [.builtIn, Theme.builtIn], marks: marks)
    state.receive(snapshot)
    return state
  }
}

extension Fixture {
  /// Particles on the samples' ways: the exact score knows where each ends, the network takes 0.9 of it.
  private static func addDenoising(
    of images: Points, along way: Trajectories, to snapshot: inout Snapshot
  ) {
    let process = snapshot.configuration.process.make()
    let particles = Array(0..<Walk.particleLimit)
    let taken = way.taking(particles)
    func scores(_ share: Double) -> [[Float]] {
      times.indices.map { frame in
        let level = process.level(at: times[frame])
        return zip(taken.frames[frame], images.values).map { x, end in
          Float((level.alpha * share * end - Double(x)) / level.sigma)
        }
      }
    }
    snapshot.measurements[WalksMeasurement.self].value = Walks(
      step: 3960,
      ways: [false, true].map { isFlow in
        Walk(
          sampler: isFlow ? "probability_flow_heun" : "exponential_integrator",
          isDeterministic: isFlow, learned: taken, exact: taken, estimates: scores(0.9),
          exactScores: scores(1))
      })
  }

  /// Errors that grow towards the lower right, the network's a tenth of one Gaussian's.
  static var pixelErrors: PixelErrors {
    let scores = [
      (PixelErrors.Source.network, 0.1), (PixelErrors.Source.zero, 4), (.gaussian, 1),
    ]
    return PixelErrors(
      step: 3990,
      levels: (0..<6).map { index in
        let whole = level(index)
        return PixelErrors.Level(
          time: whole.time, level: whole.level,
          fields: scores.map { source, factor in
            var field = PixelErrors.Field(
              source, estimate: Points(zeros: 1, dimension: 64),
              exact: Points(zeros: 1, dimension: 64), level: whole.level, time: whole.time)
            field.squares = (0..<64).map { factor * Double(1 + $0) / 64 }
            field.whole = ScoreErrorDistribution(
              level: whole.level, time: whole.time,
              unsorted: whole.errors.map { Float(factor.squareRoot()) * $0 })
            return field
          })
      })
  }
}

extension WorkbenchState {
  /// The message of a snapshot that answers every command sent so far.
  @discardableResult
  mutating func receive(
    _ snapshot: Snapshot?, problem: String? = nil, done: Int? = nil
  ) -> [Effect] {
    update(
      &self,
      .session(
        SessionMessage(snapshot: snapshot, problem: problem, commandsDone: done ?? run.commandsSent)
      ))
  }

  @discardableResult
  mutating func press(_ keys: Key...) -> [Effect] {
    keys.flatMap { send(.key($0)) }
  }

  /// What the terminal reports.
  @discardableResult
  mutating func send(_ event: InputEvent) -> [Effect] { update(&self, .input(event)) }

  /// Types text as single keys.
  @discardableResult
  mutating func type(_ text: String) -> [Effect] {
    text.flatMap { press($0 == " " ? .space : .character($0)) }
  }

  /// What the footer says, a text for each command.
  var footer: [String] { Footer(self).items.map(\.text) }

  /// The screen drawn anew.
  var screen: Canvas {
    var canvas = Canvas(size: size)
    draw(self, into: &canvas)
    return canvas
  }
}
