public import ScoreCore

/// Times work against what the machine reaches at that moment.
///
/// A shared machine is faster in one second than in the next, so the processor's limit and OpenBLAS's
/// peak are measured before and after every round of work, and only the ratio of neighbours is a result
/// that lasts.
public enum Benchmark {
  /// Work is repeated at least that long in a round.
  private static let roundLength = 0.3
  /// Training steps are timed in bundles about that long, far above the clock's resolution.
  private static let bundleLength = 0.02
  private static let referenceRepeats = 5

  /// Times a case.
  ///
  /// - Parameters:
  ///   - benchmark: The work.
  ///   - rounds: How often work and references alternate, at least 1.
  ///   - threads: How many threads work and references may use.
  ///   - progress: Called with the number of each round before it begins, from 1.
  /// - Returns: The times of the rounds and what the machine reached around them.
  public static func measure(
    _ benchmark: BenchmarkCase, rounds: Int, threads: Int = Parallel.defaultThreads,
    progress: (Int) -> Void = { _ in }
  ) -> BenchmarkResult {
    precondition(rounds >= 1, "A benchmark has at least one round.")
    let sample = prepare(benchmark, threads: threads)
    var seconds: [Double] = []
    var references = [reference(threads: threads)]
    for round in 1...rounds {
      progress(round)
      seconds.append(median(of: sample, lasting: roundLength))
      references.append(reference(threads: threads))
    }
    return BenchmarkResult(
      benchmark: benchmark, threads: threads, seconds: seconds, references: references)
  }

  /// Does exactly that many units of work and times nothing, for a profiler to look at.
  ///
  /// - Parameters:
  ///   - benchmark: Training steps or sampling steps.
  ///   - units: The number of steps.
  ///   - threads: How many threads the work may use.
  /// - Precondition: The work is not a probe.
  public static func repeatExactly(
    _ benchmark: BenchmarkCase, units: Int, threads: Int = Parallel.defaultThreads
  ) {
    let subject = BenchmarkSubject(benchmark: benchmark, threads: threads)
    switch benchmark.work {
    case .step:
      var run = subject.training(batch: benchmark.count)
      for _ in 0..<units { _ = run.step() }
    case .sampling:
      let fresh = subject.samplingPass(score: subject.score())
      var pass = fresh
      for _ in 0..<units where pass.step() == nil {
        pass = fresh
        _ = pass.step()
      }
    case .probe, .probeWithExactScores: preconditionFailure("A probe is no row of steps.")
    }
  }

  /// Warms the work up and returns a function that times some of it, in seconds a unit.
  private static func prepare(_ benchmark: BenchmarkCase, threads: Int) -> () -> Double {
    let subject = BenchmarkSubject(benchmark: benchmark, threads: threads)
    switch benchmark.work {
    case .step:
      var run = subject.training(batch: benchmark.count)
      func steps(_ count: Int) -> Double {
        seconds { for _ in 0..<count { _ = run.step() } } / Double(count)
      }
      _ = steps(20)
      let bundle = max(1, Int(bundleLength / max(steps(20), 1e-9)))
      return { steps(bundle) }
    case .sampling:
      let fresh = subject.samplingPass(score: subject.score())
      var warm = fresh
      for _ in 0..<10 { _ = warm.step() }
      return {
        var pass = fresh
        return seconds { while pass.step() != nil {} } / Double(BenchmarkCase.samplingSteps)
      }
    case .probe:
      let score = subject.score()
      var probe = subject.probe()
      measureAll(&probe, score)
      return { seconds { measureAll(&probe, score) } }
    case .probeWithExactScores:
      let score = subject.score()
      let fresh = subject.probe()
      return {
        var probe = fresh
        return seconds { measureAll(&probe, score) }
      }
    }
  }

  private static func measureAll(_ probe: inout ErrorProbe, _ score: any ScoreFunction) {
    for index in probe.times.indices { _ = probe.measure(score, levelIndex: index) }
  }

  /// The median of as many samples as fit in some seconds, at least one.
  private static func median(of sample: () -> Double, lasting length: Double) -> Double {
    let start = ContinuousClock.now
    var samples: [Double] = []
    repeat { samples.append(sample()) } while (ContinuousClock.now - start) / .seconds(1) < length
    return Spread(samples).median
  }

  /// Medians of a few; the best ones would be of a moment without neighbours.
  private static func reference(threads: Int) -> BenchmarkResult.Reference {
    func median(_ measure: () -> Double) -> Double {
      Spread((0..<referenceRepeats).map { _ in measure() }).median
    }
    return BenchmarkResult.Reference(
      limit: median { ProcessorLimit.measure(threads: threads, rounds: 1).gigaflops },
      openBLAS: median { MachinePeak.measure(threads: threads, rounds: 1).gigaflops })
  }

  private static func seconds(_ work: () -> Void) -> Double {
    let start = ContinuousClock.now
    work()
    return (ContinuousClock.now - start) / .seconds(1)
  }
}
