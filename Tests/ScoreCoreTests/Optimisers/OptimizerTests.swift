import Glibc
import TestSupport
import Testing

@testable import ScoreCore

/// Real steps of every optimiser against its algorithm in float64 on independent gradients.
@Suite struct OptimizerTests {
  static let architecture = Perceptron(dimension: 1, hidden: [3, 4], timePairs: 2)

  struct Case: Sendable, CustomTestStringConvertible {
    var name: String
    var rule: any UpdateRule
    var rate = 1e-2
    var schedule: any RateSchedule = ConstantRate()
    var warmup = 0
    var maximumNorm: Double?
    var average = WeightAverage(decay: 0.9)
    var testDescription: String { name }
  }

  static let cases = [
    Case(name: "adam", rule: Adam()),
    Case(name: "adamw, cosine", rule: Adam(weightDecay: 0.3), schedule: CosineRate(steps: 40)),
    Case(
      name: "adam, clipped, warm-up, power", rule: Adam(beta1: 0.8, beta2: 0.99), warmup: 10,
      maximumNorm: 0.4, average: WeightAverage(profile: .power)),
    Case(
      name: "sgd, clipped", rule: MomentumDescent(momentum: 0.8, weightDecay: 0.1), maximumNorm: 0.2
    ),
    Case(
      name: "sgd, inverse time", rule: MomentumDescent(), schedule: InverseTimeRate(halfStep: 7)),
    Case(name: "gradient descent", rule: FullBatchDescent(), rate: 0.1),
  ]

  private func run(_ test: Case) -> Trainer {
    var run = Trainer(
      architecture: Self.architecture, process: OrnsteinUhlenbeck(horizon: 3, stop: 0.05),
      trainingSet: .make(from: ReferenceGaussian(variance: 0.3), count: 40, seed: 3),
      optimization: Optimization(
        rule: test.rule, learningRate: test.rate, schedule: test.schedule, warmup: test.warmup,
        maximumNorm: test.maximumNorm, average: test.average), batch: 8, seed: 21)
    run.state = TrainingState(
      parameters: Self.architecture.testParameters(seed: 22), momentCount: test.rule.momentCount)
    return run
  }

  /// What one rule does to one parameter, in float64.
  private struct Parameter {
    var value: Double
    var average: Double
    var m = 0.0
    var v = 0.0

    mutating func step(_ rule: any UpdateRule, gradient g: Double, rate: Double, number t: Int) {
      switch rule {
      case let rule as Adam:
        m = rule.beta1 * m + (1 - rule.beta1) * g
        v = rule.beta2 * v + (1 - rule.beta2) * g * g
        let mHat = m / (1 - pow(rule.beta1, Double(t)))
        let vHat = v / (1 - pow(rule.beta2, Double(t)))
        value -= rate * (mHat / (vHat.squareRoot() + rule.epsilon) + rule.weightDecay * value)
      case let rule as MomentumDescent:
        m = rule.momentum * m + g + rule.weightDecay * value
        value -= rate * m
      default: value -= rate * g
      }
    }
  }

  @Test("Fifty steps follow the algorithm in float64", arguments: cases)
  func trajectory(test: Case) {
    var run = run(test)
    let start = run.state.parameters
    var exact = start.map { Parameter(value: Double($0), average: Double($0)) }
    var shadow = run
    let network = ReferenceNetwork(Self.architecture)
    var clipped = 0
    for t in 1...50 {
      // The batch of step t depends on the step alone, not on the weights.
      var g = network.gradient(exact.map(\.value), on: RecordedBatch(shadow.makePlan()))
      shadow.state.step += 1
      let norm = g.reduce(0) { $0 + $1 * $1 }.squareRoot()
      if let limit = test.maximumNorm, norm > limit {
        g = g.map { $0 * limit / norm }
        clipped += 1
      }
      var rate = test.rate * (t < test.warmup ? Double(t) / Double(test.warmup) : 1)
      if test.schedule is CosineRate {
        rate *= (1 + cos(.pi * min(1, Double(t - 1) / 40))) / 2
      } else if test.schedule is InverseTimeRate {
        rate /= 1 + Double(t - 1) / 7
      }
      let decay =
        test.average.profile == .power
        ? pow(1 - 1 / Double(t), test.average.exponent + 1)
        : min(test.average.decay, Double(1 + t) / Double(10 + t))
      for i in exact.indices {
        exact[i].step(test.rule, gradient: g[i], rate: rate, number: t)
        exact[i].average = decay * exact[i].average + (1 - decay) * exact[i].value
      }
    }
    for _ in 0..<50 { _ = run.step() }
    var (worst, worstAverage, moved) = (0.0, 0.0, 0.0)
    for i in start.indices {
      worst = max(worst, abs(Double(run.state.parameters[i]) - exact[i].value))
      worstAverage = max(worstAverage, abs(Double(run.state.average[i]) - exact[i].average))
      moved = max(moved, abs(Double(run.state.parameters[i] - start[i])))
    }
    // Parameters move by up to 50 steps, and each step keeps about six digits; Adam divides by the
    // gradient's size, so an entry near zero keeps fewer.
    #expect(moved > 0.05)
    #expect(worst < 4e-6, "largest gap \(worst)")
    #expect(worstAverage < 4e-6, "largest gap \(worstAverage)")
    #expect(test.maximumNorm == nil || clipped > 10, "clipping is exercised")
  }

  @Test("The first step of Adam moves every parameter by the learning rate")
  func firstStep() {
    // From zero the new value is the step itself, without the rounding of a difference.
    var run = run(Case(name: "", rule: Adam(epsilon: 1e-30), rate: 0.125))
    let last = Self.architecture.layers[2]
    for i in last.weightOffset..<Self.architecture.parameterCount { run.state.parameters[i] = 0 }
    _ = run.step()
    for i in last.weightOffset..<Self.architecture.parameterCount {
      // m / sqrt(v) of one gradient is its sign, to a few float32 roundings.
      #expect(abs(abs(Double(run.state.parameters[i])) / 0.125 - 1) < 1e-6)
    }
  }

  @Test("A young average forgets its start")
  func warmUp() {
    let average = WeightAverage(decay: 0.999)
    #expect(average.decay(step: 1) == 2.0 / 11)
    #expect(average.decay(step: 90) == 91.0 / 100)
    #expect(average.decay(step: 1_000_000) == 0.999)
    #expect(WeightAverage(profile: .power).decay(step: 1) == 0)
  }

  @Test("The power profile weighs step k in proportion to k^exponent, nearly")
  func powerProfile() {
    let average = WeightAverage(profile: .power, exponent: 3)
    let n = 2000
    // The weight of step k in the average after n steps.
    var weights = [Double](repeating: 0, count: n + 1)
    var tail = 1.0
    for k in stride(from: n, through: 1, by: -1) {
      let decay = average.decay(step: k)
      weights[k] = tail * (1 - decay)
      tail *= decay
    }
    // 4 k^3 / n^4 in the limit of many steps.
    for k in [500, 1000, 2000] {
      let limit = 4 * pow(Double(k) / Double(n), 3) / Double(n)
      #expect(abs(weights[k] / limit - 1) < 0.02, "\(k)")
    }
    #expect(abs(weights.reduce(0, +) - 1) < 1e-12)
  }

  @Test("Schedules start at one and never rise")
  func schedules() throws {
    for entry in RateScheduleCatalog.all {
      let schedule = try entry.make()
      #expect(schedule.factor(step: 1) == 1, "\(entry.name)")
      for step in stride(from: 1, to: 60_000, by: 97) {
        #expect(schedule.factor(step: step + 1) <= schedule.factor(step: step))
        #expect(schedule.factor(step: step) >= 0)
      }
    }
    #expect(abs(CosineRate(steps: 100, last: 0.2).factor(step: 51) - 0.6) < 1e-12)
    #expect(CosineRate(steps: 100, last: 0.2).factor(step: 5000) == 0.2)
    #expect(InverseTimeRate(halfStep: 50).factor(step: 51) == 0.5)
  }

  @Test("Gradient descent on one level and fixed noise descends")
  func descent() {
    var run = Trainer(
      architecture: Self.architecture, process: OrnsteinUhlenbeck(horizon: 3, stop: 0.05),
      trainingSet: .make(from: ReferenceGaussian(variance: 0.3), count: 100, seed: 3),
      objective: Objective(levels: FixedLevel(time: 0.5), noise: .fixed),
      optimization: Optimization(rule: FullBatchDescent(), learningRate: 0.02), batch: 8, seed: 21)
    let losses = (0..<200).map { _ in run.step().loss }
    // The empirical risk is one fixed function, and the step is far below its curvature's limit.
    for (a, b) in zip(losses, losses.dropFirst()) { #expect(b <= a + 1e-6) }
    #expect(losses[199] < 0.95 * losses[0])
  }
}
