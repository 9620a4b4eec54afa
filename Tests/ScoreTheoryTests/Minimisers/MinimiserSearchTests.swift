import ScoreCore
import ScoreTheory
import Testing

@Suite struct MinimiserSearchTests {
  private static let process = OrnsteinUhlenbeck(horizon: 5, stop: 0.01)
  private static let atoms = IsotropicMixture(
    means: Points(rows: [[-1], [1]]), deviations: [0, 0])

  private static func start(_ hidden: [Int], frozen: Bool) -> NetworkScore {
    let network = Perceptron(
      InputEncoding(dimension: 1, timeFeatures: TimeFeatures(.plain, pairs: 0)), hidden: hidden,
      activation: .relu, hasFrozenFeatures: frozen)
    return NetworkScore(
      architecture: network, parameters: network.initialParameters(seed: 5), process: process,
      threads: 1)
  }

  private static var rows: [RegressionRows] {
    var stream = RandomStream(seed: 7, purpose: .test)
    return [0.1, 0.3, 1].map { time in
      RegressionRows(
        clean: atoms.sample(count: 300, using: &stream),
        noise: stream.normals(count: 300, dimension: 1), level: process.level(at: time),
        target: NoiseTarget())
    }
  }

  @Test(
    "In pieces and units it finds the solution of the normal equations of all rows",
    arguments: [[], [12]])
  func linear(hidden: [Int]) throws {
    let (start, rows) = (Self.start(hidden, frozen: true), Self.rows)
    var search = MinimiserSearch(from: start, pieceCount: 3) { [rows[$0]] }
    #expect(search.score == nil)
    while !search.step() {}
    #expect(search.standing == .exact)
    var whole = ScoreRegression(NetworkFeatures(start))
    for rows in rows { whole.add(rows) }
    let (found, expected) = (try #require(search.score), try #require(whole.minimiser))
    let x = Points(values: [-2, -1, -0.3, 0, 0.5, 1.5], dimension: 1)
    for rows in rows {
      let gaps = zip(
        found.score(at: x, level: rows.level).values,
        expected.score(at: x, level: rows.level).values
      ).map { abs($0 - $1) }
      // The same sums, of float32 features that nearly depend on one another.
      #expect((gaps.max() ?? 1) < 1e-6)
    }
  }

  @Test("A network's descent says its steps and gradient, and ends lower than it began")
  func network() throws {
    let (start, rows) = (Self.start([12], frozen: false), Self.rows)
    var search = MinimiserSearch(from: start, pieceCount: 3) { [rows[$0]] }
    var losses: [Double] = []
    var isOver = false
    while !isOver {
      isOver = search.step()
      if case .descent(_, let loss, _, _) = search.standing { losses.append(loss) }
    }
    guard case .descent(let steps, let loss, let norm, let ending) = search.standing else {
      Issue.record("a network descends")
      return
    }
    #expect(steps > 10 && ending != nil && loss == losses.last)
    #expect(zip(losses, losses.dropFirst()).allSatisfy { $1 <= $0 * (1 + 1e-6) })
    #expect(loss < 0.8 * losses[0])
    // The gradient that it says is that at the score that it gives.
    let score = try #require(search.score as? NetworkScore)
    let risk = FixedRisk(
      architecture: score.architecture, target: NoiseTarget(), process: Self.process, rows: rows,
      threads: 1)
    var gradient = [Double](repeating: 0, count: score.parameters.count)
    let again = risk.evaluate(at: score.parameters.map { Double($0) }, gradient: &gradient)
    let size = gradient.reduce(0.0) { $0 + $1 * $1 }.squareRoot()
    #expect(abs(again - loss) < 1e-9 && abs(size - norm) < 1e-9)
  }
}
