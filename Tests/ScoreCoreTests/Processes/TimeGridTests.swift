import Glibc
import ScoreCore
import Testing

@Suite struct TimeGridTests {
  struct Case: Sendable, CustomTestStringConvertible {
    var steps: Int
    var horizon: Double
    var stop: Double
    var testDescription: String { "\(steps) steps from \(horizon) to \(stop)" }
  }

  static let cases: [Case] = [1, 2, 3, 10, 100, 2000].flatMap { steps in
    [
      (5, 0.001), (5, 1), (5, 2), (5, 4.999), (1, 0.01), (0.5, 0.4), (0.3, 1e-6), (20, 1e-9),
      (1.0000001, 0.9999999), (3, 0.95),
    ].map { Case(steps: steps, horizon: $0.0, stop: $0.1) }
  }

  @Test("Every grid falls strictly from the horizon to the stop", arguments: cases)
  func contract(test: Case) throws {
    for entry in TimeGridCatalog.all {
      let times = try entry.make().times(
        stepCount: test.steps, horizon: test.horizon, stop: test.stop)
      #expect(times.count == test.steps + 1, "\(entry.name)")
      #expect(times.first == test.horizon && times.last == test.stop, "\(entry.name)")
      #expect(zip(times, times.dropFirst()).allSatisfy { $0 > $1 }, "\(entry.name)")
    }
  }

  @Test("Names are unique and found")
  func names() {
    #expect(Set(TimeGridCatalog.all.map(\.name)).count == TimeGridCatalog.all.count)
    for entry in TimeGridCatalog.all {
      #expect(TimeGridCatalog.entry(named: entry.name)?.summary == entry.summary)
    }
    #expect(TimeGridCatalog.entry(named: "none") == nil)
  }

  @Test("Uniform steps are equal", arguments: cases)
  func uniform(test: Case) {
    let times = UniformGrid().times(stepCount: test.steps, horizon: test.horizon, stop: test.stop)
    let h = (test.horizon - test.stop) / Double(test.steps)
    for (from, to) in zip(times, times.dropFirst()) {
      #expect(abs(from - to - h) < 1e-15 * test.horizon * 4)
    }
  }

  @Test("Exponential decay is the generator of equal steps in the stretched time", arguments: cases)
  func generator(test: Case) {
    guard test.horizon >= 1 && test.stop <= 1 else { return }
    let times = ExponentialDecayGrid().times(
      stepCount: test.steps, horizon: test.horizon, stop: test.stop)
    // s in linspace(0, (T - 1) + log(1 / stop), N + 1); T - s up to T - 1, then e^-(s - (T - 1)).
    let (horizon, total) = (test.horizon, test.horizon - 1 + log(1 / test.stop))
    for (k, time) in times.enumerated() {
      let s = total * Double(k) / Double(test.steps)
      let expected = s <= horizon - 1 ? horizon - s : exp(-(s - (horizon - 1)))
      #expect(abs(time - expected) <= 1e-13 * expected + 4e-16 * horizon)
    }
  }

  @Test("Below time 1 exponential decay is geometric, above it uniform")
  func limits() {
    let geometric = ExponentialDecayGrid().times(stepCount: 9, horizon: 0.5, stop: 0.001)
    for (from, to) in zip(geometric, geometric.dropFirst()) {
      #expect(abs(to / from - pow(0.002, 1.0 / 9)) < 1e-13)
    }
    let above = ExponentialDecayGrid().times(stepCount: 9, horizon: 5, stop: 2)
    let uniform = UniformGrid().times(stepCount: 9, horizon: 5, stop: 2)
    for (a, b) in zip(above, uniform) { #expect(abs(a - b) < 1e-14) }
  }

  @Test("Steps of exponential decay are at most kappa min(1, t) at either end", arguments: cases)
  func boundedSteps(test: Case) {
    let times = ExponentialDecayGrid().times(
      stepCount: test.steps, horizon: test.horizon, stop: test.stop)
    let cap = min(1, test.horizon)
    let total = max(0, test.horizon - max(cap, test.stop)) + max(0, log(cap / min(cap, test.stop)))
    let kappa = total / Double(test.steps)
    for (from, to) in zip(times, times.dropFirst()) {
      let rounding = 4e-16 * test.horizon
      #expect(from - to <= kappa * min(1, from) * (1 + 1e-12) + rounding)
      #expect(from - to <= expm1(kappa) * min(1, to) * (1 + 1e-12) + rounding)
    }
  }
}
