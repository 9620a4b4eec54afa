import Glibc
import TestSupport
import Testing

@testable import ScoreCore

@Suite struct ShapeTests {
  private static func distribution(
    _ name: String, _ values: [String: ParameterValue] = [:]
  ) throws -> any KnownScoreDistribution {
    let entry = try #require(DistributionCatalog.entry(named: name))
    return try entry.make(
      CatalogParameters(values, describedBy: entry.parameters), FixedTable())
  }

  @Test(
    "Shapes have mean 0 and mean variance 1 in samples too",
    arguments: ["grid_of_gaussians", "pinwheel", "banana", "funnel", "letters", "checkerboard"])
  func shapesAreStandard(name: String) throws {
    let distribution = try Self.distribution(name)
    let moments = try #require(distribution.moments)
    for mean in moments.mean { #expect(abs(mean) <= 1e-13) }
    #expect(abs(moments.variance - 1) <= 1e-13)
    var stream = RandomStream(seed: 3, purpose: .test)
    let n = 20_000
    let x = distribution.sample(count: n, using: &stream)
    // Five standard errors; the funnel's kurtosis stays below 30.
    #expect(abs(Samples.second(x.values) - 1) <= 5 * (30 / Double(n)).squareRoot())
    for axis in 0..<2 {
      #expect(abs(Samples.mean(x.column(axis))) <= 5 * (2 / Double(n)).squareRoot())
    }
  }

  @Test("A grid has its Gaussians at equal distances")
  func gridIsEven() throws {
    let distribution = try #require(
      try Self.distribution("grid_of_gaussians", ["side": .number(3)]) as? IsotropicMixture)
    #expect(distribution.componentCount == 9)
    let step = distribution.deviations[0] / 0.1
    for k in 0..<9 {
      #expect(abs(distribution.mean(of: k)[0] - Double(k / 3 - 1) * step) <= 1e-13)
      #expect(abs(distribution.mean(of: k)[1] - Double(k % 3 - 1) * step) <= 1e-13)
    }
  }

  @Test("An arm of a pinwheel turns with its radius")
  func pinwheelTurns() throws {
    let distribution = try #require(
      try Self.distribution("pinwheel", ["arms": .number(4), "twist": .number(0.5)])
        as? IsotropicMixture)
    let scale = 0.1 / distribution.deviations[0]
    // Arms are symmetric, so the mean that was taken off is 0.
    for k in 0..<20 {
      let mean = distribution.mean(of: k).map { $0 * scale }
      let radius = hypot(mean[0], mean[1])
      let turned = atan2(mean[1], mean[0]) - 0.5 * exp(radius)
      #expect(abs(sin(turned)) <= 1e-12 && cos(turned) > 0)
    }
  }

  @Test("The funnel's components widen by the exponential of half their position")
  func funnelWidens() throws {
    let distribution = try #require(
      try Self.distribution("funnel", ["spread": .number(2)]) as? GaussianMixture)
    guard case .diagonal(let first) = distribution.components[0].spread,
      case .diagonal(let last) = distribution.components[39].spread
    else {
      Issue.record("The components are diagonal.")
      return
    }
    let scale = 2.0 / 8 / first[0]
    let distance =
      scale * (distribution.components[39].mean[0] - distribution.components[0].mean[0])
    #expect(abs(log(last[1] / first[1]) - distance / 2) <= 1e-12)
  }

  @Test("Every allowed character draws strokes within its cell, and a space none")
  func everyCharacterDraws() throws {
    for character in "ABCDEFGHIJKLMNOPQRSTUVWXYZ0123456789.,!?-+=:/'()" {
      let strokes = try #require(StrokeFont.strokes(of: character), "\(character)")
      #expect(!strokes.isEmpty)
      for stroke in strokes {
        #expect(stroke.count >= 2)
        #expect(stroke.allSatisfy { (0...4).contains($0.x) && (0...6).contains($0.y) })
      }
    }
    #expect(StrokeFont.strokes(of: " ")?.isEmpty == true)
  }

  @Test("Letters stand side by side, components evenly along their strokes")
  func lettersStandSideBySide() throws {
    let distribution = try Letters.mixture(text: "L i", noise: 0.05)
    let scale = 0.3 / distribution.deviations[0]
    let x = (0..<distribution.componentCount).map { distribution.mean(of: $0)[0] * scale }
    let (low, high) = (try #require(x.min()), try #require(x.max()))
    // L from 0 to 4; the second place is empty; I from 13 to 15; half a spacing at each end.
    #expect(abs(high - low - 15) <= 0.3)
    #expect(!x.contains { $0 - low > 4.01 && $0 - low < 12.9 })
    // L is a stroke of length 10.
    #expect(x.count(where: { $0 - low < 5 }) == 33)
    let capital = try Letters.mixture(text: "L I", noise: 0.05)
    #expect(
      (0..<distribution.componentCount).allSatisfy {
        distribution.mean(of: $0) == capital.mean(of: $0)
      })
  }

  @Test("A text that cannot be drawn is refused with what is allowed")
  func badTexts() {
    func message(_ text: String) -> String {
      let error = #expect(throws: ParameterError.self) {
        _ = try Self.distribution("letters", ["text": .text(text)])
      }
      return error?.description ?? ""
    }
    #expect(message("A#B").contains("\"#\"") && message("A#B").contains("A-Z"))
    #expect(message("").contains("at least one character"))
    #expect(message("  ").contains("at least one character"))
    #expect(message(String(repeating: "A", count: 25)).contains("at most 24 characters, not 25"))
    #expect(message("caf\u{E9}").hasPrefix("text: cannot draw"))
  }

  @Test("Two atoms have mean and variance of their weights, and refuse a level without noise")
  func atoms() throws {
    let distribution = try Self.distribution(
      "two_point", ["separation": .number(4), "weight": .number(0.75)])
    #expect(distribution.isSingular)
    let moments = try #require(distribution.moments)
    #expect(abs(moments.mean[0] - 1) <= 1e-15 && abs(moments.variance - 3) <= 1e-14)
    let level = NoiseLevel(alpha: 0.5, sigma: 0.3)
    let x = Points(values: [-1.2, 0, 0.4, 7], dimension: 1)
    for (row, score) in distribution.score(at: x, level: level).values.enumerated() {
      // The two-point posterior in closed form.
      let point = x[row, 0]
      let mean = tanh(point / 0.09 + log(3.0) / 2)
      #expect(abs(score - (mean - point) / 0.09) <= 1e-12 * max(1, abs(score)))
    }
  }

  @Test("The information of a box is the sum over its axes")
  func boxInformationAdds() throws {
    let level = NoiseLevel(alpha: 0.9, sigma: 0.4)
    let a = UniformBoxMixture([.init(low: [-1], high: [1])])
    let b = UniformBoxMixture([.init(low: [0], high: [0.5])])
    let box = UniformBoxMixture([.init(low: [-1, 0, -1], high: [1, 0.5, 1])])
    let sum =
      2 * (try #require(a.fisherInformation(at: level)))
      + (try #require(b.fisherInformation(at: level)))
    #expect(abs(try #require(box.fisherInformation(at: level)) / sum - 1) <= 1e-12)
    var stream = RandomStream(seed: 5, purpose: .test)
    let x = box.noisySample(count: 40_000, level: level, using: &stream)
    let squares = box.score(at: x, level: level).squaredNorms()
    let error = (Samples.second(squares) / 40_000).squareRoot()
    #expect(abs(Samples.mean(squares) - sum) <= 5 * error)
  }

  @Test("An index table has exactly the weights it was given")
  func indexTableIsExact() {
    for weights in [[1.0], [1, 1, 1], [5, 0.001, 2, 2, 40], (1...300).map { 1 / Double($0) }] {
      let total = weights.reduce(0, +)
      let table = IndexTable(weights: weights)
      for (probability, weight) in zip(table.probabilities, weights) {
        #expect(abs(probability - weight / total) <= 1e-15)
      }
      var stream = RandomStream(seed: 9, purpose: .test)
      var counts = Array(repeating: 0, count: weights.count)
      for index in table.draw(count: 20_000, using: &stream) { counts[index] += 1 }
      for (count, weight) in zip(counts, weights) {
        let p = weight / total
        #expect(abs(Double(count) - 20_000 * p) <= 5 * (20_000 * p).squareRoot() + 1)
      }
    }
  }
}
