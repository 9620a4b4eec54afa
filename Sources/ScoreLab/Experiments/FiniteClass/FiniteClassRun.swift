import Glibc
import ScoreCore

/// Draws training sets for every class of three sweeps, for a class that may be wrong anywhere, and
/// excess losses of single candidates.
struct FiniteClassRun: ExperimentRun {
  /// Samples of a unit of training sets.
  private static let samplesPerUnit = 3_000_000.0

  /// One class of a sweep with what was found.
  struct Entry: Sendable {
    let sweep: FiniteClassBench.Sweep
    let signs: SignClass
    var counts: FailureCounts
    var exact = 0.0
    /// The exact probability of failure, and that of preferring one candidate, at two places of
    /// ``FailureCounts/sampleCounts`` where they are neither near 0 nor near 1.
    var failure: (place: Int, probability: Double)?
    var preference: (place: Int, probability: Double)?
  }

  /// Consecutive repeats of one class, or of the spread class.
  private struct Block {
    /// The place of the class in ``entries``; nil for the spread class.
    let entry: Int?
    let range: Range<Int>
  }

  let bench: FiniteClassBench
  var world = FiniteClassWorld()
  private let seed: UInt64
  private let threads: Int
  private let blocks: [Block]
  private(set) var unitsDone = 0
  private(set) var entries: [Entry]
  /// The spread class's counts, one for each of the bench's deltas.
  private(set) var spreadCounts: [FailureCounts]
  private(set) var excess: ExcessDraws?
  private(set) var baselines: FiniteClassBaselines?

  init(bench: FiniteClassBench, seed: UInt64, threads: Int) {
    self.bench = bench
    self.seed = seed
    self.threads = threads
    let failure = bench.failure
    let entries = FiniteClassBench.Sweep.allCases.flatMap { sweep in
      bench.classes(sweep).map {
        Entry(
          sweep: sweep, signs: $0,
          counts: FailureCounts(top: 1.2 * $0.orderOfSamples(failure: failure)))
      }
    }
    let hardest = bench.deltas.last ?? bench.delta
    let spread = FailureCounts(
      top: 1.6 * bench.spread.samplesNeeded(delta: hardest, failure: failure))
    let classes = entries.enumerated().map { ($0 as Int?, $1.counts) } + [(nil, spread)]
    blocks = classes.flatMap { entry, counts in
      let size = max(1, Int(Self.samplesPerUnit / Double(counts.sampleCounts.last ?? 1)))
      return stride(from: 0, to: bench.repeats, by: size).map {
        Block(entry: entry, range: $0..<min(bench.repeats, $0 + size))
      }
    }
    self.entries = entries
    spreadCounts = bench.deltas.map { _ in spread }
  }

  /// The excess and the baselines are a unit each.
  var unitCount: Int { blocks.count + 2 }

  var activity: String {
    switch unitsDone {
    case 0: return "drawing excess losses"
    case 1: return "measuring trivial scores"
    default:
      guard unitsDone < unitCount, let entry = blocks[unitsDone - 2].entry else {
        return "training sets of the class that may be wrong anywhere"
      }
      let signs = entries[entry].signs
      return "training sets, log H \(Caption.number(signs.logSize)), delta "
        + "\(Caption.number(signs.delta)), eps \(Caption.number(signs.accuracy))"
    }
  }

  mutating func step() {
    switch unitsDone {
    case 0:
      excess = ExcessDraws(bench: bench, world: world, seed: seed, threads: threads)
    case 1: baselines = FiniteClassBaselines(bench: bench, seed: seed)
    default: draw(blocks[unitsDone - 2])
    }
    unitsDone += 1
  }

  private mutating func draw(_ block: Block) {
    if let entry = block.entry {
      drawSigns(entry, block.range)
      if block.range.upperBound == bench.repeats { finish(entry) }
    } else {
      drawSpread(block.range)
    }
  }

  private func stream(class number: Int, repeat index: Int) -> RandomStream {
    RandomStream(
      seed: seed, purpose: .experiment, index: UInt64(number) << 32 | UInt64(index))
  }

  /// Whether the choice is wrong, and whether one candidate is preferred, at each number of samples.
  private mutating func drawSigns(_ entry: Int, _ range: Range<Int>) {
    let (signs, world, grid) = (
      entries[entry].signs, world, entries[entry].counts.sampleCounts
    )
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
      entries[entry].counts.add(
        repeat: index, wrong: own.map(\.wrong), preferred: own.map(\.preferred))
    }
  }

  private mutating func drawSpread(_ range: Range<Int>) {
    let (spread, world, deltas) = (bench.spread, world, bench.deltas)
    let grid = spreadCounts[0].sampleCounts
    let streams = range.map { stream(class: entries.count, repeat: $0) }
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
        spreadCounts[share].add(
          repeat: index, wrong: Array(wrong[start..<start + grid.count]), preferred: [])
      }
    }
  }

  /// The exact values, once the training sets of a class are drawn.
  private mutating func finish(_ entry: Int) {
    let (signs, grid) = (entries[entry].signs, entries[entry].counts.sampleCounts)
    let needed = signs.samplesNeeded(failure: bench.failure)
    entries[entry].exact = needed
    let place = grid.firstIndex { Double($0) >= needed } ?? grid.count - 1
    entries[entry].failure = (place, signs.failureProbability(sampleCount: grid[place]))
    // One candidate alone is preferred with a probability from 1/2 down.
    let common = grid.firstIndex { signs.preferenceProbability(sampleCount: $0) < 0.25 }
    entries[entry].preference = common.map {
      ($0, signs.preferenceProbability(sampleCount: grid[$0]))
    }
  }
}
