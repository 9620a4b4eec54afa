import Glibc
import ScoreCore
import ScoreLab

/// Draws training sets for every class of three sweeps, for a class that may be wrong anywhere, and
/// excess losses of single candidates.
struct FiniteClassPlan: ExperimentPlan {
  /// Samples of a unit of training sets.
  private static let samplesPerUnit = 3_000_000.0

  enum Unit: Codable, Hashable, Sendable {
    case excess
    case baselines
    /// Consecutive repeats of one class of a sweep.
    case signs(entry: Int, first: Int)
    /// Consecutive repeats of the class that may be wrong anywhere.
    case spread(first: Int)
  }

  enum Record: Codable, Sendable {
    case excess(ExcessDraws)
    case baselines(FiniteClassBaselines)
    /// The exact values come with the last repeats of the class.
    case signs(FailureCounts, Exact?)
    /// One for each delta.
    case spread([FailureCounts])
  }

  /// What is known of a class without drawing.
  struct Exact: Codable, Sendable {
    /// A probability of ``FailureCounts/sampleCounts`` at one place.
    struct Probability: Codable, Sendable {
      var place: Int
      var value: Double
    }

    /// The samples needed.
    var samples: Double
    /// The probability of failure, and that of preferring one candidate, where they are neither near
    /// 0 nor near 1.
    var failure: Probability
    var preference: Probability?
  }

  /// One class of a sweep.
  struct Class: Sendable {
    let sweep: FiniteClass.Sweep
    let signs: SignClass
    /// Counts of no repeat.
    let counts: FailureCounts
  }

  let values: FiniteClass
  var world = FiniteClassWorld()
  private let seed: UInt64
  let classes: [Class]
  /// Counts of no repeat of the class that may be wrong anywhere.
  let spreadCounts: FailureCounts

  init(values: FiniteClass, seed: UInt64) {
    self.values = values
    self.seed = seed
    let failure = values.failure
    classes = FiniteClass.Sweep.allCases.flatMap { sweep in
      values.classes(sweep).map {
        Class(
          sweep: sweep, signs: $0,
          counts: FailureCounts(top: 1.2 * $0.orderOfSamples(failure: failure)))
      }
    }
    let hardest = values.deltas.last ?? values.delta
    spreadCounts = FailureCounts(
      top: 1.6 * values.spread.samplesNeeded(delta: hardest, failure: failure))
  }

  /// How many repeats a unit has.
  private func unitSize(_ counts: FailureCounts) -> Int {
    max(1, Int(Self.samplesPerUnit / Double(counts.sampleCounts.last ?? 1)))
  }

  private func repeats(_ first: Int, _ counts: FailureCounts) -> Range<Int> {
    first..<min(values.repeats, first + unitSize(counts))
  }

  var units: [Unit] {
    [.excess, .baselines]
      + classes.enumerated().flatMap { entry, found in
        stride(from: 0, to: values.repeats, by: unitSize(found.counts)).map {
          .signs(entry: entry, first: $0)
        }
      }
      + stride(from: 0, to: values.repeats, by: unitSize(spreadCounts)).map { .spread(first: $0) }
  }

  func activity(of unit: Unit) -> String {
    switch unit {
    case .excess: return "drawing excess losses"
    case .baselines: return "measuring trivial scores"
    case .spread: return "training sets of the class that may be wrong anywhere"
    case .signs(let entry, _):
      let signs = classes[entry].signs
      return "training sets, log H \(Caption.number(signs.logSize)), delta "
        + "\(Caption.number(signs.delta)), eps \(Caption.number(signs.accuracy))"
    }
  }

  func work(on unit: Unit, given records: Records, threads: Int) -> any UnitWork<Record> {
    SingleStep {
      switch unit {
      case .excess:
        return .excess(ExcessDraws(values: values, world: world, seed: seed, threads: threads))
      case .baselines: return .baselines(FiniteClassBaselines(values: values, seed: seed))
      case .signs(let entry, let first):
        let range = repeats(first, classes[entry].counts)
        let isLast = range.upperBound == values.repeats
        return .signs(
          drawSigns(entry, range, threads: threads), isLast ? exact(classes[entry]) : nil)
      case .spread(let first):
        return .spread(drawSpread(repeats(first, spreadCounts), threads: threads))
      }
    }
  }

  func findings(_ records: Records) -> FiniteClassFindings { FiniteClassFindings(self, records) }
}

extension FiniteClassPlan {
  private func stream(class number: Int, repeat index: Int) -> RandomStream {
    RandomStream(
      seed: seed, purpose: .experiment, index: UInt64(number) << 32 | UInt64(index))
  }

  /// Whether the choice is wrong, and whether one candidate is preferred, at each number of samples.
  private func drawSigns(_ entry: Int, _ range: Range<Int>, threads: Int) -> FailureCounts {
    var counts = classes[entry].counts
    let (signs, world, grid) = (classes[entry].signs, world, counts.sampleCounts)
    let (p, n) = (world.eventMass(signs), world.cells(signs))
    let strength = world.accuracy(signs) / (2 * signs.level.alpha)
    let threshold = -StandardNormal.quantile(p)
    let streams = range.map { stream(class: entry, repeat: $0) }
    var found = Array(repeating: (wrong: false, preferred: false), count: grid.count * range.count)
    found.withUnsafeMutableBufferPointer { found in
      Parallel.perform(range.count, threads: threads) { index in
        var walk = TrainingWalk(stream: streams[index], level: signs.level, world: world)
        var sums = CellSums(cells: n)
        for (place, count) in grid.enumerated() {
          walk.advance(to: count, above: threshold) { x, noise in
            let cell = min(n - 1, Int(StandardNormal.tail(x) / p * Double(n)))
            sums.counts[cell] += 1
            sums.sums[cell] += noise
          }
          let (best, fixed) = (
            sums.bestExcess(strength: strength), sums.fixedExcess(strength: strength)
          )
          found[index * grid.count + place] = (
            best < 0 || best == 0 && walk.coin(), fixed < 0 || fixed == 0 && walk.coin()
          )
        }
      }
    }
    for (offset, index) in range.enumerated() {
      let own = found[offset * grid.count..<(offset + 1) * grid.count]
      counts.add(
        repeat: index, wrong: own.map(\.wrong), preferred: own.map(\.preferred))
    }
    return counts
  }

  private func drawSpread(_ range: Range<Int>, threads: Int) -> [FailureCounts] {
    var counts = values.deltas.map { _ in spreadCounts }
    let (spread, world, deltas) = (values.spread, world, values.deltas)
    let grid = spreadCounts.sampleCounts
    let streams = range.map { stream(class: classes.count, repeat: $0) }
    let row = grid.count * deltas.count
    var wrong = Array(repeating: false, count: row * range.count)
    wrong.withUnsafeMutableBufferPointer { wrong in
      Parallel.perform(range.count, threads: threads) { index in
        var walk = TrainingWalk(stream: streams[index], level: spread.level, world: world)
        var sums = CellSums(cells: spread.cells)
        for (place, count) in grid.enumerated() {
          walk.advance(to: count, above: -.infinity) { x, noise in
            let cell = min(
              spread.cells - 1, Int(StandardNormal.cdf(x) * Double(spread.cells)))
            sums.counts[cell] += 1
            sums.sums[cell] += noise
          }
          for (share, delta) in deltas.enumerated() {
            wrong[index * row + share * grid.count + place] =
              world.isSpreadWrong(sums, spread, delta)
          }
        }
      }
    }
    for (offset, index) in range.enumerated() {
      for share in deltas.indices {
        let start = offset * row + share * grid.count
        counts[share].add(
          repeat: index, wrong: Array(wrong[start..<start + grid.count]), preferred: [])
      }
    }
    return counts
  }

  private func exact(_ found: Class) -> Exact {
    let (signs, grid) = (found.signs, found.counts.sampleCounts)
    let needed = signs.samplesNeeded(failure: values.failure)
    let place = grid.firstIndex { Double($0) >= needed } ?? grid.count - 1
    // One candidate alone is preferred with a probability from 1/2 down.
    let common = grid.firstIndex { signs.preferenceProbability(sampleCount: $0) < 0.25 }
    return Exact(
      samples: needed,
      failure: .init(place: place, value: signs.failureProbability(sampleCount: grid[place])),
      preference: common.map {
        .init(place: $0, value: signs.preferenceProbability(sampleCount: grid[$0]))
      })
  }
}
