import Glibc
import ScoreCore
import ScoreTheory
import Testing

@Suite struct KinkProgramTests {
  /// Noisy points of two atoms at -1 and 1 with noise of size sigma, and their targets.
  private static func noisyPoints(
    _ n: Int, sigma: Double, seed: UInt64
  ) -> (x: [Double], y: [Double]) {
    var stream = RandomStream(seed: seed, purpose: .test, index: 0)
    var (x, y) = ([Double](), [Double]())
    for _ in 0..<n {
      let atom = stream.uniform() < 0.5 ? -1.0 : 1.0
      let z = stream.normal()
      x.append(atom + sigma * z)
      y.append(-z / sigma)
    }
    return (x, y)
  }

  private static func program(_ kind: String, _ n: Int, seed: UInt64) -> KinkProgram {
    let data = noisyPoints(n, sigma: 0.5, seed: seed)
    return kind == "denoising"
      ? KinkProgram(denoising: data.x, targets: data.y) : KinkProgram(implicit: data.x)
  }

  /// The least objective over all sets of kinks with all signs, by dense elimination in the basis of
  /// ramps: each set's stationary point, if its signs agree, is a candidate.
  private static func bruteForce(
    x: [Double], penalty: Double, targets: [Double]?
  ) -> Double {
    let (x, order) = (x.sorted(), x.indices.sorted { x[$0] < x[$1] })
    let (n, y) = (Double(x.count), targets.map { y in order.map { y[$0] } })
    let inner = Array(1..<(x.count - 1))
    var best = Double.infinity
    for code in 0..<Int(pow(3, Double(inner.count))) {
      var (rest, kinks) = (code, [(place: Int, sign: Double)]())
      for place in inner {
        if rest % 3 > 0 { kinks.append((place, rest % 3 == 1 ? 1 : -1)) }
        rest /= 3
      }
      let columns =
        [x.map { _ in 1.0 }, x] + kinks.map { kink in x.map { max(0, $0 - x[kink.place]) } }
      // A point at a kink has the slope of the side that costs less.
      let slopes =
        [x.map { _ in 0.0 }, x.map { _ in 1.0 }]
        + kinks.map { kink in
          x.indices.map { $0 > kink.place || ($0 == kink.place && kink.sign < 0) ? 1.0 : 0 }
        }
      let costs = [0, 0] + kinks.map { $0.sign * penalty }
      var right: [Double] = []
      for j in columns.indices {
        let linear =
          y.map { y in zip(y, columns[j]).reduce(0) { $0 + $1.0 * $1.1 } / n }
          ?? -slopes[j].reduce(0, +) / n
        right.append(linear - costs[j])
      }
      let gram = columns.map { a in
        columns.map { b in zip(a, b).reduce(0) { $0 + $1.0 * $1.1 } / n }
      }
      let c = solved(gram, right)
      guard kinks.indices.allSatisfy({ c[$0 + 2] * kinks[$0].sign >= 0 }) else { continue }
      var value = 0.0
      for j in c.indices { value -= right[j] * c[j] / 2 }
      if let y { value += y.reduce(0) { $0 + $1 * $1 } / (2 * n) }
      best = min(best, value)
    }
    return best
  }

  /// Elimination with pivots.
  private static func solved(_ matrix: [[Double]], _ right: [Double]) -> [Double] {
    var (a, b) = (matrix, right)
    for k in a.indices {
      let pivot = (k..<a.count).max { abs(a[$0][k]) < abs(a[$1][k]) } ?? k
      a.swapAt(k, pivot)
      b.swapAt(k, pivot)
      for i in (k + 1)..<max(k + 1, a.count) {
        let factor = a[i][k] / a[k][k]
        for j in k..<a.count { a[i][j] -= factor * a[k][j] }
        b[i] -= factor * b[k]
      }
    }
    for k in a.indices.reversed() {
      for j in (k + 1)..<max(k + 1, a.count) { b[k] -= a[k][j] * b[j] }
      b[k] /= a[k][k]
    }
    return b
  }

  @Test("The minimum is the least over all sets of kinks and signs", arguments: 1...6)
  func bruteForceDenoising(seed: Int) throws {
    let data = Self.noisyPoints(8, sigma: 0.5, seed: UInt64(seed))
    let program = KinkProgram(denoising: data.x, targets: data.y)
    for share in [0.7, 0.2, 0.03, 0.001] {
      let penalty = share * program.linePenalty
      let found = try #require(program.minimiser(penalty: penalty))
      let least = Self.bruteForce(x: data.x, penalty: penalty, targets: data.y)
      #expect(abs(found.objective - least) < 1e-9 * (1 + abs(least)), "\(share)")
      #expect(found.relativeGap < 1e-9, "\(share)")
    }
  }

  @Test("So it is for implicit score matching, above the least weight decay", arguments: 1...6)
  func bruteForceImplicit(seed: Int) throws {
    let x = Self.noisyPoints(8, sigma: 0.5, seed: UInt64(seed)).x
    let program = KinkProgram(implicit: x)
    #expect(abs(program.leastPenalty - 1.0 / 8) < 1e-15)
    for share in [0.7, 0.3, 0.0] {
      let penalty = (1 - share) * program.leastPenalty + share * program.linePenalty
      let found = try #require(program.minimiser(penalty: penalty))
      let least = Self.bruteForce(x: x, penalty: penalty, targets: nil)
      #expect(abs(found.objective - least) < 1e-9 * (1 + abs(least)), "\(share)")
      #expect(found.relativeGap < 1e-9, "\(share)")
    }
    #expect(program.minimiser(penalty: 0.99 * program.leastPenalty) == nil)
  }

  @Test("From the stated weight decay on it is the line, and a little below it is not")
  func threshold() throws {
    for kind in ["denoising", "implicit"] {
      let program = Self.program(kind, 200, seed: 3)
      let line = try #require(program.minimiser(penalty: program.linePenalty * (1 + 1e-9)))
      #expect(line.score == program.line && line.relativeGap < 1e-12)
      let bent = try #require(program.minimiser(penalty: program.linePenalty * 0.999))
      #expect(!bent.score.kinks.isEmpty && bent.relativeGap < 1e-9)
    }
    let x = [0.5, 2, -1, 4, 4]
    let line = KinkProgram(implicit: x).line
    let mean = 1.9
    let variance = x.reduce(0) { $0 + ($1 - mean) * ($1 - mean) } / 5
    #expect(
      line.nodes.indices.allSatisfy {
        abs(line.values[$0] + (line.nodes[$0] - mean) / variance) < 1e-14
      })
  }

  @Test("At the minimum every kink gains its cost and no other point gains more")
  func optimality() throws {
    let data = Self.noisyPoints(300, sigma: 0.3, seed: 5)
    let program = KinkProgram(denoising: data.x, targets: data.y)
    let penalty = 0.02 * program.linePenalty
    let found = try #require(program.minimiser(penalty: penalty))
    // Gains from their definition, in O(n^2).
    let residual = zip(data.x, data.y).map { $1 - found.score.value(at: $0) }
    let changes = zip(found.score.slopes, found.score.slopes.dropFirst()).map { $1 - $0 }
    for k in data.x {
      let gain = zip(data.x, residual).reduce(0) { $0 + max(0, $1.0 - k) * $1.1 } / 300
      #expect(abs(gain) < penalty * (1 + 1e-9))
      if let j = found.score.kinks.firstIndex(of: k) {
        #expect(abs(gain - (changes[j] > 0 ? penalty : -penalty)) < 1e-9 * penalty)
      }
    }
    #expect(Set(found.score.kinks).isSubset(of: data.x))
  }

  @Test("The gap is below 1e-8 at 1,000 points along the path, whose objectives fall")
  func path() throws {
    for kind in ["denoising", "implicit"] {
      let program = Self.program(kind, 1000, seed: 7)
      let shares = stride(from: 0.0, through: 1, by: 0.1)
      let penalties = shares.map { share in
        kind == "denoising"
          ? program.linePenalty * pow(1e-4, share)
          : program.linePenalty * pow(program.leastPenalty / program.linePenalty, share)
            + (share == 1 ? 1e-15 : 0)
      }
      let path = program.path(penalties: penalties)
      var last = Double.infinity
      for (penalty, solution) in zip(penalties, path) {
        let solution = try #require(solution)
        #expect(solution.relativeGap < 1e-8, "\(kind) \(penalty)")
        #expect(solution.objective <= last)
        last = solution.objective
        let direct = try #require(program.minimiser(penalty: penalty))
        #expect(
          abs(direct.objective - solution.objective) < 1e-8 * abs(solution.objective), "\(kind)")
      }
    }
  }

  @Test("Equal points count as one with the mean target")
  func ties() throws {
    let twice = KinkProgram(denoising: [0, 1, 1, 2, 3], targets: [1, 0, 2, -1, 0])
    #expect(twice.points == [0, 1, 2, 3] && twice.masses == [0.2, 0.4, 0.2, 0.2])
    let near = KinkProgram(denoising: [0, 1, 1 + 1e-9, 2, 3], targets: [1, 0, 2, -1, 0])
    let (found, other) = (
      try #require(twice.minimiser(penalty: 0.01)), try #require(near.minimiser(penalty: 0.01))
    )
    // The two targets are 1 from their mean: a loss of 2 / 5 / 2 that no function has less of.
    #expect(abs(found.objective + 0.2 - other.objective) < 1e-7)
    #expect(found.relativeGap < 1e-10)
    #expect(KinkProgram(implicit: [0, 0, 0, 1, 2, 2]).leastPenalty == 0.5)
  }
}
