import Glibc
import Testing

@testable import ScoreCore

@Suite struct LevelDrawTests {
  static let process = OrnsteinUhlenbeck(horizon: 5, stop: 0.001)

  static let processes: [any ForwardProcess] = [process, FlowProcess()]

  private func draws() throws -> [(String, any LevelDraw)] {
    try LevelDrawCatalog.all.map { ($0.name, try $0.make()) }
  }

  @Test("The density is the slope of the quantiles", arguments: processes)
  func density(process: any ForwardProcess) throws {
    let range = process.logSNRRange
    for (name, draw) in try draws() where draw.atoms(of: process) == nil {
      for k in 1..<40 {
        let u = Double(k) / 40
        let h = 1e-5
        let (low, high) = (
          draw.level(atQuantile: u - h, of: process).logSNR,
          draw.level(atQuantile: u + h, of: process).logSNR
        )
        let middle = draw.level(atQuantile: u, of: process).logSNR
        let density = try #require(draw.density(atLogSNR: middle, of: process))
        let slope = 2 * h / abs(high - low) * (range.upperBound - range.lowerBound)
        // h^2 times a third derivative of up to a hundred times the slope, at the time end.
        #expect(abs(density / slope - 1) < 1e-5, "\(name) at \(u): \(density), \(slope)")
      }
    }
  }

  @Test("Every draw stays within the process's range", arguments: processes)
  func range(process: any ForwardProcess) throws {
    let bounds = process.logSNRRange
    for (name, draw) in try draws() {
      for u in [1e-12, 1e-4, 0.25, 0.5, 0.75, 0.9999, 1 - 1e-12] {
        let ratio = draw.level(atQuantile: u, of: process).logSNR
        #expect(ratio > bounds.lowerBound - 1e-9 && ratio < bounds.upperBound + 1e-9, "\(name)")
      }
    }
  }

  @Test("The middle of the log-normal draw is its mean, where the range cuts little")
  func logNormal() {
    let draw = LogNormalSigma(mean: -0.4, deviation: 0.5)
    let level = draw.level(atQuantile: 0.5, of: Self.process)
    // log(sigma / alpha) from -3.1 to 5: cut off are 4e-8 below, which shift the median by 5e-8.
    #expect(abs(log(level.sigma / level.alpha) + 0.4) < 1e-7)
    let one = draw.level(atQuantile: StandardNormal.cdf(1), of: Self.process)
    #expect(abs(log(one.sigma / one.alpha) - 0.1) < 1e-6)
  }

  @Test(
    "A normal distribution far below or above the range is cut to it without losing digits",
    arguments: [
      // Mean, deviation, mass in the range -3.106803965878 to 4.9999772995, and the median of
      // log(sigma / alpha) cut to it: mpmath with 40 digits.
      (-1.2, 1.2, 0.943970057547966, -1.11566323868906),
      (-8, 0.7, 1.37169038539082e-12, -3.03918386977201),
      (9, 0.5, 6.21866721118888e-16, 4.95752202740827),
      (-3, 0.5, 0.584573593242893, -2.72664180575772),
      (-7.5, 0.6, 1.22157095173759e-13, -3.05134726773564),
    ])
  func tails(mean: Double, deviation: Double, mass: Double, median: Double) throws {
    let draw = LogNormalSigma(mean: mean, deviation: deviation)
    #expect(abs(draw.mass(inRangeOf: Self.process) / mass - 1) < 1e-9)
    let level = draw.level(atQuantile: 0.5, of: Self.process)
    #expect(abs(log(level.sigma / level.alpha) - median) < 1e-9)
    // The density is of mean 1 over the range: Simpson's rule, whose error is far below.
    let range = Self.process.logSNRRange
    let n = 4000
    let sum = try (0...n).reduce(0.0) { sum, k in
      let logSNR =
        range.lowerBound + (range.upperBound - range.lowerBound) * Double(k) / Double(n)
      let density = try #require(draw.density(atLogSNR: logSNR, of: Self.process))
      return sum + density * (k == 0 || k == n ? 1 : (k % 2 == 1 ? 4 : 2))
    }
    #expect(abs(sum / Double(3 * n) - 1) < 1e-8)
  }

  @Test("A fixed level is the process's at its time, or the nearest in range")
  func fixed() {
    #expect(
      FixedLevel(time: 0.3).level(atQuantile: 0.9, of: Self.process)
        == Self.process.level(at: 0.3))
    #expect(FixedLevel(time: 99).atoms(of: Self.process) == [Self.process.level(at: 5)])
  }

  @Test("A bank's levels are even in log SNR, ends included")
  func bank() throws {
    let ratios = try #require(NetworkBank(networks: 5).atoms(of: Self.process)).map(\.logSNR)
    let range = Self.process.logSNRRange
    for (k, ratio) in ratios.enumerated() {
      let exact = range.lowerBound + Double(k) / 4 * (range.upperBound - range.lowerBound)
      #expect(abs(ratio - exact) < 1e-9)
    }
  }

  @Test("The table has the level, target and weight of every quantile")
  func table() {
    let objective = Objective(
      target: VelocityTarget(), weighting: MinSNRWeighting(), levels: UniformTime())
    let features = TimeFeatures(.time, pairs: 3)
    let table = ObjectiveTable(objective, process: Self.process, features: features)
    for index in [0, 1, 999, ObjectiveTable.resolution - 1] {
      let u = (Double(index) + 0.5) / Double(ObjectiveTable.resolution)
      let level = UniformTime().level(atQuantile: u, of: Self.process)
      for offset in [0.01, 0.99] {
        let row = table.row(
          atQuantile: (Double(index) + offset) / Double(ObjectiveTable.resolution))
        #expect(row.alpha == Float(level.alpha) && row.sigma == Float(level.sigma))
        #expect(row.data == -Float(level.sigma) && row.noise == Float(level.alpha))
        #expect(row.weight == Float(objective.weight(at: level, process: Self.process)))
        #expect(abs(Double(row.clock) * 5 + log(level.alpha)) < 1e-6)
      }
    }
  }
}
