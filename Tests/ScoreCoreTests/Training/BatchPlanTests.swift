import Glibc
import TestSupport
import Testing

@testable import ScoreCore

@Suite struct BatchPlanTests {
  static let process = OrnsteinUhlenbeck(horizon: 5, stop: 0.001)

  private func points(_ count: Int, index: UInt64 = 0) -> Points {
    var stream = RandomStream(seed: 1, purpose: .test, index: index)
    return ReferenceGaussian(dimension: 2).sample(count: count, using: &stream)
  }

  @Test("Each row is a scaled noisy point with its target, one level in every stratum")
  func rows() throws {
    let n = 333
    let clean = points(n)
    for entry in TrainingTargetCatalog.all {
      let objective = Objective(target: try entry.make(), weighting: MinSNRWeighting())
      let recorded = RecordedBatch(
        TestPlan.make(of: clean, objective: objective, process: Self.process))
      let range = Self.process.logSNRRange
      var strata: Set<Int> = []
      for row in 0..<n {
        let level = Self.process.level(atLogSNR: recorded.clocks[row])
        let u =
          (level.logSNR - range.lowerBound) / (range.upperBound - range.lowerBound) * Double(n)
        strata.insert(Int(u))
        let scale = objective.target.inputScale(at: level)
        let c = objective.target.coefficients(at: level)
        for axis in 0..<2 {
          let x0 = clean[row, axis]
          let z = (recorded.inputs[row][axis] / scale - level.alpha * x0) / level.sigma
          // Float32 values of size up to 5, divided by sigma or a target's small denominator.
          let tolerance = 4e-6 / level.sigma * max(1, abs(c.noise))
          #expect(abs(recorded.targets[row][axis] - (c.data * x0 + c.noise * z)) < tolerance)
        }
        let weight = objective.weight(at: level, process: Self.process)
        #expect(abs(recorded.weights[row] / weight - 1) < 1e-5)
      }
      // A row at the edge of a stratum may be rounded into its neighbour.
      #expect(strata.count >= n - 3, "\(entry.name): \(strata.count) strata")
    }
  }

  @Test("Without strata levels are drawn anew and repeat or leave out strata")
  func independentLevels() {
    let n = 400
    let recorded = RecordedBatch(
      TestPlan.make(
        of: points(n), objective: Objective(isStratified: false), process: Self.process))
    let range = Self.process.logSNRRange
    let strata = Set(
      recorded.clocks.map {
        Int(($0 - range.lowerBound) / (range.upperBound - range.lowerBound) * Double(n))
      })
    // n draws hit a share 1 - 1/e of n strata, with a deviation of about sqrt(n) / 3.
    #expect(abs(Double(strata.count) - (1 - exp(-1)) * Double(n)) < 5 * Double(n).squareRoot() / 3)
  }

  @Test("The noise is standard normal and new in every step")
  func noise() {
    var values: [Double] = []
    for step in 0..<40 {
      let plan = TestPlan.make(of: points(500), process: Self.process, step: step)
      values += RecordedBatch(plan).targets.flatMap { $0 }
    }
    let n = Double(values.count)
    let mean = values.reduce(0, +) / n
    let second = values.reduce(0) { $0 + $1 * $1 } / n
    let fourth = values.reduce(0) { $0 + $1 * $1 * $1 * $1 } / n
    // Five standard errors; the variances of z, z^2 and z^4 are 1, 2 and 96.
    #expect(abs(mean) < 5 / n.squareRoot())
    #expect(abs(second - 1) < 5 * (2 / n).squareRoot())
    #expect(abs(fourth - 3) < 5 * (96 / n).squareRoot())
    // A repeated stream would repeat whole rows; single float32 values meet by chance.
    let rows = stride(from: 0, to: values.count, by: 2).map { [values[$0], values[$0 + 1]] }
    #expect(Set(rows).count == rows.count)
  }

  @Test("Fixed noise belongs to its point, whatever the step or the row")
  func fixedNoise() {
    let clean = points(7)
    let objective = Objective(levels: FixedLevel(time: 0.5), noise: .fixed)
    var seen: [[Double]: [Double]] = [:]
    for step in 0..<30 {
      let plan = TestPlan.make(
        of: clean, objective: objective, process: Self.process, count: 70, step: step)
      let recorded = RecordedBatch(plan)
      for row in 0..<70 {
        let (x, z) = (recorded.inputs[row], recorded.targets[row])
        #expect(seen[x] == nil || seen[x] == z)
        seen[x] = z
      }
    }
    #expect(seen.count == 7)
  }

  @Test(
    "Fixed pairs keep level and noise of every point, one level to a stratum",
    arguments: [true, false])
  func fixedPairs(stratified: Bool) {
    let clean = points(40)
    let objective = Objective(isStratified: stratified, noise: .fixedPairs)
    // A row is known by its target: the noise of its point.
    var seen: [[Double]: (input: [Double], clock: Double)] = [:]
    for step in 0..<30 {
      let plan = TestPlan.make(
        of: clean, objective: objective, process: Self.process, count: 70, step: step)
      let recorded = RecordedBatch(plan)
      for row in 0..<70 {
        let (z, x, clock) = (recorded.targets[row], recorded.inputs[row], recorded.clocks[row])
        if let first = seen[z] { #expect(first.input == x && first.clock == clock) }
        seen[z] = (x, clock)
      }
    }
    #expect(seen.count == 40)
    let range = Self.process.logSNRRange
    let strata = seen.values.map {
      Int(40 * ($0.clock - range.lowerBound) / (range.upperBound - range.lowerBound))
    }
    // 40 independent levels miss some of 40 strata but with a probability of 1e-16.
    #expect((Set(strata).count == 40) == stratified)
    // Points may come sorted, so their levels must not.
    let plan = TestPlan.make(of: clean, objective: objective, process: Self.process)
    let clocks = RecordedBatch(plan).clocks
    #expect(clocks != clocks.sorted() && clocks != clocks.sorted(by: >))
  }

  @Test("With fixed pairs the loss of all points is one function of the weights")
  func empiricalRisk() {
    func losses(_ noise: Objective.Noise) -> Set<Double> {
      var run = Trainer(
        architecture: Perceptron(dimension: 2, hidden: [8], timePairs: 2), process: Self.process,
        trainingSet: .fixed(points(50)),
        // The network starts at zero, and the loss is that of a target that knows the level.
        objective: Objective(target: VelocityTarget(), noise: noise),
        optimization: Optimization(rule: FullBatchDescent(), learningRate: 0), batch: 1, seed: 4)
      return Set((0..<10).map { _ in run.step().loss })
    }
    #expect(losses(.fixedPairs).count == 1)
    #expect(losses(.fixed).count == 10 && losses(.fresh).count == 10)
  }

  @Test("A bank's steps take turns, each at its own level with its own noise")
  func bank() {
    let objective = Objective(levels: NetworkBank(networks: 3), noise: .fixed)
    let atoms = objective.levels.atoms(of: Self.process) ?? []
    var noises: [[Double]] = []
    for step in 0..<6 {
      let plan = TestPlan.make(
        of: points(5), objective: objective, process: Self.process, step: step)
      #expect(plan.network == step % 3)
      let recorded = RecordedBatch(plan)
      for clock in recorded.clocks { #expect(abs(clock - atoms[step % 3].logSNR) < 1e-5) }
      noises.append(recorded.targets.flatMap { $0 })
    }
    #expect(noises[0] == noises[3] && noises[1] == noises[4])
    #expect(noises[0] != noises[1])
  }

  @Test("A fixed training set is drawn from evenly, and a made one has its count")
  func trainingSets() {
    let clean = Points(values: (0..<20).map { Double($0) }, dimension: 1)
    let objective = Objective(target: DataTarget())
    var counts = [Int](repeating: 0, count: 20)
    for step in 0..<100 {
      let plan = TestPlan.make(
        of: clean, objective: objective, process: Self.process, count: 100, step: step)
      for target in RecordedBatch(plan).targets { counts[Int(target[0])] += 1 }
    }
    // Chi-squared with 19 degrees of freedom: mean 19, deviation 6.2.
    let chi = counts.reduce(0.0) { $0 + (Double($1) - 500) * (Double($1) - 500) / 500 }
    #expect(chi < 19 + 5 * 6.2 && chi > 2)
    let made = TrainingSet.make(from: ReferenceGaussian(), count: 30, seed: 3)
    guard case .fixed(let set) = made else {
      Issue.record("A count makes a fixed set.")
      return
    }
    #expect(set.count == 30)
  }

  @Test("Unlimited data never repeat")
  func freshPoints() {
    var run = Trainer(
      architecture: Perceptron(dimension: 1, hidden: [2], timePairs: 1), process: Self.process,
      trainingSet: .unlimited(ReferenceGaussian()), objective: Objective(target: DataTarget()),
      optimization: Optimization(learningRate: 0), batch: 50, seed: 3)
    var drawn: Set<Double> = []
    for _ in 0..<20 {
      drawn.formUnion(RecordedBatch(run.makePlan()).targets.flatMap { $0 })
      _ = run.step()
    }
    // Float32 values of 1000 normals coincide with probability 0.03.
    #expect(drawn.count >= 999)
  }
}
