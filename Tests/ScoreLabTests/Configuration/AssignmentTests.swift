import ScoreCore
import Testing

@testable import ScoreLab

/// What `--set` takes to make one configuration of another.
@Suite struct AssignmentTests {
  @Test("The assignments make the configuration of any other")
  func roundTrip() throws {
    var stream = RandomStream(seed: 3, purpose: .probe, index: 1)
    for _ in 0..<60 {
      var (old, new) = (
        RunConfiguration.random(using: &stream), RunConfiguration.random(using: &stream)
      )
      // Those drawn are of a catalog for tests.
      (old.distribution, new.distribution) = (DistributionConfiguration(), .init())
      #expect(try old.setting(new.assignments(from: old)) == new)
    }
  }

  @Test("What is the same is not said, and single keys are said alone")
  func short() throws {
    let old = RunConfiguration.start
    #expect(old.assignments(from: old).isEmpty)
    let new = try old.setting(["optimizer.learning_rate=0.002", "seed=9"])
    #expect(new.assignments(from: old) == ["seed=9", "optimizer.learning_rate=0.002"])
    let other = try old.setting(["sampler.kind=ddim"])
    #expect(other.assignments(from: old).first == "sampler.kind=ddim")
  }
}
