import OutsideText
import ScoreCore
import TestSupport
import Testing

@testable import ScoreLab

/// Networks that are given the class of a point, and samples by class.
@Suite struct ClassSamplingTests {
  private static let digits = [
    "distribution.kind=digits", "network.condition=class", "sampler.count=40",
  ]

  private func configuration(_ assignments: String...) throws -> RunConfiguration {
    try RunConfiguration.small().setting(Self.digits + assignments)
  }

  private func message(_ body: () throws -> Void) -> String {
    do {
      try body()
      return "none"
    } catch {
      return "\(error)"
    }
  }

  @Test(
    "Samples of all classes have the data's shares, however many are drawn; of one they are its")
  func classes() throws {
    let configuration = try configuration()
    let distribution = try configuration.distribution.makeDistribution(dataSource: DataFile())
    let all = try #require(ClassSampling(configuration, distribution))
    for count in [100, 1000] {
      let classes = all.classes(of: 0..<count)
      for index in 0..<10 {
        #expect(abs(classes.count { $0 == index } - count / 10) <= max(3, count / 100))
      }
    }
    #expect(all.classes(of: 30..<40) == Array(all.classes(of: 0..<40).suffix(10)))
    let one = try #require(
      ClassSampling(try configuration.setting(["sampler.class=3"]), distribution))
    #expect(one.classes(of: 0..<5) == [3, 3, 3, 3, 3])
    #expect(
      ClassSampling(try configuration.setting(["network.condition=none"]), distribution) == nil)
  }

  @Test("Each sample follows the score of its class: guided (1 + w) s(x|y) - w s(x)")
  func guided() throws {
    let configuration = try configuration("sampler.guidance=1.5")
    let distribution = try configuration.distribution.makeDistribution(dataSource: DataFile())
    let sampling = try #require(ClassSampling(configuration, distribution))
    let labelled = try #require(LabelledPoints(distribution))
    let base = ExactScore(distribution)
    let score = try #require(sampling.score(base, of: 2..<8))
    let level = NoiseLevel(alpha: 0.6, sigma: 0.8)
    var stream = RandomStream(seed: 2, purpose: .test)
    let x = labelled.points.noisySample(count: 6, level: level, using: &stream)
    let (found, marginal) = (score.score(at: x, level: level), base.score(at: x, level: level))
    for (row, index) in sampling.classes(of: 2..<8).enumerated() {
      let own = labelled.given(labelled.condition(ofClass: index)).score(
        at: x.rows(row..<row + 1), level: level)
      for axis in 0..<64 {
        let expected = 2.5 * own[0, axis] - 1.5 * marginal[row, axis]
        #expect(abs(found[row, axis] - expected) < 1e-9 * max(1, abs(expected)))
      }
    }
  }

  @Test("A run given the class trains, samples, and keeps its weights to the bit")
  func run() throws {
    let folder = try TemporaryFolder()
    for size in ["100", "unlimited"] {
      let configuration = try configuration("training_set.count=\(size)")
      var session = try Session(configuration)
      session.train(to: 20)
      session.measureNow(MeasurementRequest([SamplesMeasurement.self]))
      let samples = try #require(session.measurements.samples)
      #expect(samples.classes?.names.count == 10 && samples.classes?.values.count == 40)
      #expect(session.warnings.contains { $0.contains("given the class") })
      let path = "\(folder.path)/w\(size).safetensors"
      try WeightsFile(of: session).write(to: path, origin: "a test")
      let read = try WeightsFile.read(path)
      #expect(read.classNames == (0...9).map { "\($0)" })
      let level = NoiseLevel(alpha: 0.8, sigma: 0.6)
      var stream = RandomStream(seed: 3, purpose: .test)
      let x = stream.normals(count: 3, dimension: 64)
      let condition = Condition.label(4, of: 10)
      #expect(
        read.score().given(condition).score(at: x, level: level)
          == session.score.given(condition).score(at: x, level: level))
      #expect(read.score().score(at: x, level: level) == session.score.score(at: x, level: level))
    }
  }

  @Test("Class and guidance act live; a class beyond the last is the last, and said to be")
  func live() throws {
    let start = try configuration()
    var session = try Session(start)
    let changed = try start.setting(["sampler.class=57", "sampler.guidance=2"])
    #expect(!changed.requiresRestart(comparedTo: start))
    session.configure(changed)
    session.measureNow(MeasurementRequest([SamplesMeasurement.self]))
    #expect(session.measurements.samples?.classes?.values.allSatisfy { $0 == 9 } == true)
    #expect(session.warnings.contains { $0.contains("no class 57") })
    #expect(try start.setting(["network.label_dropout=0.2"]).requiresRestart(comparedTo: start))
  }

  @Test("Every kind of network can be given the class, and a bank too")
  func kinds() throws {
    for kind in ["linear", "random_features", "ntk", "conservative"] {
      var session = try Session(try configuration("network.kind=\(kind)", "network.width=16"))
      session.train(to: 3)
      #expect(session.step == 3 && session.divergence == nil, "\(kind)")
      session.measureNow(MeasurementRequest([SamplesMeasurement.self]))
      #expect(session.measurements.samples?.classes != nil, "\(kind)")
    }
  }

  @Test("Data without labels, and classes that are not there, are refused at their key")
  func refused() throws {
    let plain = message {
      _ = try RunConfiguration().setting(["network.condition=class"])
    }
    #expect(plain.contains("network.condition") && plain.contains("two_moons has no labels"))
    let wrong = try configuration("sampler.class=10")
    let missing = message { _ = try Session(wrong) }
    #expect(missing.contains("0 to 9, found 10"), "\(missing)")
  }
}
