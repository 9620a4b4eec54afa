import Glibc
import ScoreCore

/// The log density that the learned score stands for by its probability flow, over the line or the
/// plane, at the data end and a few times before it; some points and one step of the flow a unit.
///
/// Nodes are fewer than those of the exact density, for every one costs as many scores as a thousand
/// points of the learned score's picture.
public struct LearnedDensityMeasurement: Measurement {
  public static let name = "learned_density"
  public static let dependencies = [
    MeasurementDependency.weights, .value(of: ExactFieldMeasurement.self),
  ]
  /// The steps of the flow from the stop to the horizon: an error below a tenth of a nat.
  static let stepCount = 24
  /// The nodes that are followed at a time.
  static let blockCount = 128

  private let subject: MeasurementSubject
  private var pass: (step: Int, score: any ScoreFunction, places: ArraySlice<FieldPlace>)?
  private var flow: Flow?
  public private(set) var reading = Reading<LearnedField>()

  /// The nodes of one place on their way to the horizon, a block after the other.
  private struct Flow {
    var place: FieldPlace
    var blocks: ArraySlice<Points>
    var run: LikelihoodStepper?
    var values: [Float] = []
  }

  public init(of subject: MeasurementSubject) { self.subject = subject }

  public var unitCost: Double { 4096 }

  public mutating func begin(_ input: MeasurementInput) {
    let field = input.measurement(ExactFieldMeasurement.self)?.reading.value
    let frames = (field?.frames ?? []).reversed().enumerated().filter { $0.offset % 6 == 0 }
    let places = [field?.end].compactMap { $0 } + frames.map(\.element)
    flow = nil
    pass = (input.step, input.score(), places.map { coarse($0.place) }[...])
  }

  private func coarse(_ place: FieldPlace) -> FieldPlace {
    var place = place
    place.grid = FieldGrid(
      over: place.grid.ranges, side: place.grid.ranges.count == 1 ? 129 : 25)
    return place
  }

  public mutating func step() -> Bool {
    if flow == nil, let place = pass?.places.popFirst() {
      flow = Flow(place: place, blocks: blocks(of: place.grid.points))
    }
    guard let pass, var flow else { return true }
    self.flow = nil
    advance(&flow, pass.score)
    guard flow.run == nil, flow.blocks.isEmpty else {
      self.flow = flow
      return false
    }
    reading.show(LearnedField.Frame(step: pass.step, place: flow.place, values: flow.values))
    return pass.places.isEmpty
  }

  private func blocks(of points: Points) -> ArraySlice<Points> {
    stride(from: 0, to: points.count, by: Self.blockCount).map {
      points.rows($0..<min($0 + Self.blockCount, points.count))
    }[...]
  }

  private func advance(_ flow: inout Flow, _ score: any ScoreFunction) {
    let times = times(from: flow.place.level)
    // At the horizon itself there is no way to go: the density is the prior's.
    guard times.count >= 2 else {
      for block in flow.blocks { flow.values += prior(block) }
      flow.blocks = []
      return
    }
    var run =
      flow.run
      ?? LikelihoodStepper(
        process: subject.process, score: score, times: times,
        points: flow.blocks.popFirst() ?? Points(zeros: 0, dimension: score.dimension))
    flow.run = nil
    _ = run.step()
    if let found = run.logDensity { flow.values += found.map { Float($0) } } else { flow.run = run }
  }

  /// Equal steps in log SNR from a level to the horizon, about as long at every level.
  private func times(from level: NoiseLevel) -> [Double] {
    let range = subject.process.logSNRRange
    let span = level.logSNR - range.lowerBound
    let width = range.upperBound - range.lowerBound
    guard span > 1e-9 * width else { return [] }
    let count = max(2, Int((Double(Self.stepCount) * span / width).rounded(.up)))
    return (0...count).map { index in
      index == count
        ? subject.process.horizon
        : subject.process.time(atLogSNR: level.logSNR - span * Double(index) / Double(count))
    }
  }

  private func prior(_ points: Points) -> [Float] {
    let deviation = subject.process.priorDeviation
    let constant = -Double(points.dimension) * (log(deviation) + log(2 * .pi) / 2)
    return points.squaredNorms().map { Float(constant - $0 / (2 * deviation * deviation)) }
  }

  public mutating func forget(after step: Int) {
    (pass, flow) = (nil, nil)
    reading.forgetFrames(after: step)
  }
}

extension MeasurementResults {
  /// The log density of the learned score's flow over the line or the plane.
  public var learnedDensity: LearnedField? { self[LearnedDensityMeasurement.self].value }
}
