import Glibc
import ScoreCore
import Testing

@Suite struct TimeGridTests {
  struct Case: Sendable, CustomTestStringConvertible {
    var steps: Int
    var horizon: Double
    var stop: Double
    var process: OrnsteinUhlenbeck { OrnsteinUhlenbeck(horizon: horizon, stop: stop) }
    var testDescription: String { "\(steps) steps from \(horizon) to \(stop)" }
  }

  static let ends: [(Double, Double)] = [
    (5, 0.001), (5, 1), (5, 2), (5, 4.999), (1, 0.01), (0.5, 0.4), (0.3, 1e-6), (20, 1e-9),
    (1.0000001, 0.9999999), (3, 0.95),
  ]
  static let cases: [Case] = [1, 2, 3, 10, 100, 2000].flatMap { steps in
    ends.map { Case(steps: steps, horizon: $0.0, stop: $0.1) }
  }

  private func pairs(_ times: [Double]) -> Zip2Sequence<[Double], ArraySlice<Double>> {
    zip(times, times.dropFirst())
  }

  @Test("Every grid falls strictly from the horizon to the stop of every process")
  func contract() throws {
    let processes =
      try ProcessSubject.all()
      + Self.ends.map {
        ProcessSubject(name: "\($0)", process: OrnsteinUhlenbeck(horizon: $0.0, stop: $0.1))
      }
    for subject in processes {
      let process = subject.process
      for entry in TimeGridCatalog.all {
        let middle = process.stop + 0.4 * (process.horizon - process.stop)
        let isGiven = entry.name == "given"
        let grid = try entry.make(isGiven ? ["times": .list([.number(middle)])] : [:])
        try grid.check(for: process)
        for steps in [1, 2, 3, 4, 7, 10, 33, 100, 1000, 10_000] {
          let times = grid.times(stepCount: steps, process: process)
          let place = "\(entry.name), \(subject.name), \(steps) steps"
          #expect(times.count == (isGiven ? 3 : steps + 1), "\(place)")
          #expect(times.first == process.horizon && times.last == process.stop, "\(place)")
          #expect(pairs(times).allSatisfy { $0 > $1 }, "\(place)")
        }
      }
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
    let times = UniformGrid().times(stepCount: test.steps, process: test.process)
    let h = (test.horizon - test.stop) / Double(test.steps)
    for (from, to) in pairs(times) { #expect(abs(from - to - h) < 1e-15 * test.horizon * 4) }
  }

  @Test("Exponential decay is the generator of equal steps in the stretched time", arguments: cases)
  func generator(test: Case) {
    guard test.horizon >= 1 && test.stop <= 1 else { return }
    let times = ExponentialDecayGrid().times(stepCount: test.steps, process: test.process)
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
    let low = OrnsteinUhlenbeck(horizon: 0.5, stop: 0.001)
    let geometric = ExponentialDecayGrid().times(stepCount: 9, process: low)
    for (a, b) in zip(geometric, GeometricGrid().times(stepCount: 9, process: low)) {
      #expect(abs(a / b - 1) < 1e-13)
    }
    for (from, to) in pairs(geometric) { #expect(abs(to / from - pow(0.002, 1.0 / 9)) < 1e-13) }
    let high = OrnsteinUhlenbeck(horizon: 5, stop: 2)
    let above = ExponentialDecayGrid().times(stepCount: 9, process: high)
    for (a, b) in zip(above, UniformGrid().times(stepCount: 9, process: high)) {
      #expect(abs(a - b) < 1e-13)
    }
  }

  @Test("Steps of exponential decay are at most kappa min(1, t) at either end", arguments: cases)
  func boundedSteps(test: Case) {
    let times = ExponentialDecayGrid().times(stepCount: test.steps, process: test.process)
    let cap = min(1, test.horizon)
    let total = max(0, test.horizon - max(cap, test.stop)) + max(0, log(cap / min(cap, test.stop)))
    let kappa = total / Double(test.steps)
    for (from, to) in pairs(times) {
      // Times go through a log SNR of size up to 41, whose rounding they carry.
      let rounding = 4e-15 * test.horizon
      #expect(from - to <= kappa * min(1, from) * (1 + 1e-11) + rounding)
      #expect(from - to <= expm1(kappa) * min(1, to) * (1 + 1e-11) + rounding)
    }
  }

  @Test(
    "Grids of the signal-to-noise ratio pass through the same ratios on every process",
    arguments: ["exponential_decay", "cosine", "karras", "log_snr"])
  func ratios(name: String) throws {
    let grid = try #require(TimeGridCatalog.entry(named: name)).make()
    for subject in try ProcessSubject.all() {
      let process = subject.process
      let range = process.logSNRRange
      let twin = ElucidatedProcess(
        sigmaMinimum: exp(-range.upperBound / 2), sigmaMaximum: exp(-range.lowerBound / 2))
      let pair = [process, twin].map { process in
        grid.times(stepCount: 37, process: process).map { process.level(at: $0).logSNR }
      }
      for (a, b) in zip(pair[0], pair[1]) {
        // The angle of a ratio of 1e9 to 1 keeps seven digits of it.
        #expect(abs(a - b) < 1e-6, "\(subject.name)")
      }
    }
  }

  @Test("Geometric times have one ratio, the others one step in their own measure")
  func measures() throws {
    let process = ElucidatedProcess()
    func check(_ grid: any TimeGrid, _ measure: (Double) -> Double) {
      let values = grid.times(stepCount: 17, process: process).map(measure)
      let h = (values[17] - values[0]) / 17
      for (from, to) in pairs(values) { #expect(abs(to - from - h) < 1e-12 * abs(values[0])) }
    }
    check(GeometricGrid()) { log($0) }
    check(LogSNRGrid()) { -2 * log($0) }
    check(CosineGrid()) { atan($0) }
    check(KarrasGrid()) { pow($0, 1.0 / 7) }
    check(KarrasGrid(rho: 1)) { $0 }
  }

  @Test("Equal angles are equal times of the cosine process")
  func cosine() {
    let process = CosineProcess(offset: 0, horizon: 0.99)
    let times = CosineGrid().times(stepCount: 40, process: process)
    for (a, b) in zip(times, UniformGrid().times(stepCount: 40, process: process)) {
      #expect(abs(a - b) < 1e-14)
    }
  }

  @Test("Given times are kept and the ends are put around them")
  func given() throws {
    let entry = try #require(TimeGridCatalog.entry(named: "given"))
    let process = OrnsteinUhlenbeck(horizon: 5, stop: 0.01)
    func times(_ list: [Double]) throws -> [Double] {
      let grid = try entry.make(["times": .list(list.map { .number($0) })])
      try grid.check(for: process)
      return grid.times(stepCount: 100, process: process)
    }
    #expect(try times([3, 1, 0.2]) == [5, 3, 1, 0.2, 0.01])
    #expect(try times([5, 3, 1]) == [5, 3, 1, 0.01])
    #expect(try times([5, 0.01]) == [5, 0.01])
  }

  @Test("Given times that cannot be walked are refused by place")
  func refused() throws {
    let entry = try #require(TimeGridCatalog.entry(named: "given"))
    let process = OrnsteinUhlenbeck(horizon: 5, stop: 0.01)
    func fault(_ values: [String: ParameterValue]) -> [String] {
      do throws(ParameterError) {
        try entry.make(values).check(for: process)
        return []
      } catch {
        return error.path
      }
    }
    func list(_ times: Double...) -> [String: ParameterValue] {
      ["times": .list(times.map { .number($0) })]
    }
    #expect(fault([:]) == ["times"] && fault(list()) == ["times"])
    #expect(fault(["times": .number(3)]) == ["times"])
    #expect(fault(list(3, 3)) == ["times", "2"] && fault(list(3, 1, 2)) == ["times", "3"])
    #expect(fault(list(0)) == ["times", "1"] && fault(list(2, -1)) == ["times", "2"])
    #expect(fault(list(6, 1)) == ["times", "1"] && fault(list(3, 0.001)) == ["times", "2"])
    #expect(fault(list(3, 0.5)) == [])
  }
}
