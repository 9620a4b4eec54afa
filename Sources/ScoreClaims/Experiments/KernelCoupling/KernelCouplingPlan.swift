import ScoreCore
import ScoreLab
import ScoreTheory

/// Trains networks of every width on each data set, and of one width with other step sizes and in balls.
struct KernelCouplingPlan: ExperimentPlan {
  /// What is different from the standard training.
  enum Variant: Codable, Hashable, Sendable {
    case standard
    /// Over the inverse of the largest eigenvalue.
    case stepSize(Double)
    /// A ball around the start, its radius over the kernel's movement.
    case ball(Double)
  }

  struct Unit: Codable, Hashable, Sendable {
    var set: Int
    var width: Int
    var variant: Variant
  }

  /// How one network went next to the kernel.
  struct Record: Codable, Sendable {
    /// The largest gap over all inputs, after each of the steps kept.
    var gaps: [Double]
    /// The largest gap over all inputs and steps.
    var largestGap: Double
    /// The outputs of network and kernel at the first input followed, after each of the steps kept.
    var network: [Double]
    var kernel: [Double]
    /// The distance that weights went, the same over their length, and what the kernel went.
    var movement: Double
    var relativeMovement: Double
    var kernelMovement: Double
    /// The mean squared gap of the empirical kernel at the start, over its expectation.
    var kernelGap: Double
    var loss: Double
  }

  let values: KernelCoupling
  let seed: UInt64
  /// The network of a width; a test puts another in its place.
  var network: @Sendable (_ width: Int, inout RandomStream) -> TwoLayerNetwork = {
    TwoLayerNetwork(width: $0, inputCount: 2, using: &$1)
  }
  /// The targets that the network is given.
  var networkTargets: @Sendable ([Double]) -> [Double] = { $0 }
  /// The step size and the ball that a variant gets, over the inverse eigenvalue and the movement.
  var stepSize: @Sendable (Variant, _ standard: Double) -> Double = { variant, standard in
    if case .stepSize(let size) = variant { size } else { standard }
  }
  var radius: @Sendable (Variant) -> Double? = { variant in
    if case .ball(let radius) = variant { radius } else { nil }
  }

  var units: [Unit] {
    (0..<values.repeats).flatMap { set in
      values.widths.map { Unit(set: set, width: $0, variant: .standard) }
        + (KernelCoupling.stepSizes.map { .stepSize($0) }
        + KernelCoupling.radii.map { Variant.ball($0) }).map {
          Unit(set: set, width: values.sweepWidth, variant: $0)
        }
    }
  }

  func length(of unit: Unit) -> Int { max(1, unit.width / 512) }

  func activity(of unit: Unit) -> String {
    let place = "width \(unit.width), data set \(unit.set + 1) of \(values.repeats)"
    return switch unit.variant {
    case .standard: place
    case .stepSize(let size): "step size \(size), \(place)"
    case .ball(let radius): "ball of \(radius), \(place)"
    }
  }

  func work(on unit: Unit, given records: Records, threads: Int) -> any UnitWork<Record> {
    CouplingWork(self, unit, threads: threads)
  }

  func findings(_ records: Records) -> KernelCouplingFindings {
    KernelCouplingFindings(self, records)
  }
}

extension KernelCouplingPlan {
  /// The inputs (x, t - T_0) of a data set and their targets, atoms at -1 and 1 alike.
  func data(ofSet set: Int) -> (inputs: Points, targets: [Double]) {
    var stream = RandomStream(seed: seed, purpose: .experiment, index: UInt64(set) << 32)
    let process = OrnsteinUhlenbeck(horizon: 2 * values.lastTime, stop: values.firstTime / 2)
    var inputs = Points(zeros: values.points, dimension: 2)
    var targets: [Double] = []
    for row in 0..<values.points {
      let time = values.firstTime + (values.lastTime - values.firstTime) * stream.uniform()
      let drawn = TwoAtomRegression(level: process.level(at: time)).draw(count: 1, using: &stream)
      inputs[row, 0] = drawn.x[0]
      inputs[row, 1] = time - values.firstTime
      targets.append(drawn.targets[0])
    }
    return (inputs, targets)
  }

  /// Inputs at which outputs are compared next to those of the data set: x from -2 to 2 at four times.
  var probe: Points {
    let span = values.lastTime - values.firstTime
    return Points(
      rows: [0.5, 0, 0.25, 1].flatMap { time in
        [1, -2, -1.5, -1, -0.5, 0, 0.5, 1.5, 2].map { [$0, time * span] }
      })
  }

  /// A stream for the network of a width; variants of one width have one network.
  func networkStream(_ unit: Unit) -> RandomStream {
    RandomStream(
      seed: seed, purpose: .experiment, index: UInt64(unit.set) << 32 | UInt64(unit.width))
  }
}
