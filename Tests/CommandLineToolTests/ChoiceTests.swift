import CommandLineTool
import ScoreClaims
import ScoreCore
import ScoreLab
import TestSupport
import Testing

/// Which configuration arguments mean.
@Suite struct ChoiceTests {
  private func message(_ body: () throws -> Void) -> String? {
    do {
      try body()
    } catch let error as Failure.Usage {
      return error.message
    } catch {
      return "\(error)"
    }
    return nil
  }

  @Test("Without a file it is the start configuration; keys that are set come last")
  func run() throws {
    let choice = ConfigurationChoice(file: nil, data: nil, columns: nil, set: ["seed=3"])
    var expected = RunConfiguration.start
    expected.seed = 3
    #expect(try choice.load() == expected)
  }

  @Test("Data is the kind points, with its columns by name or number")
  func data() throws {
    let choice = ConfigurationChoice(
      file: nil, data: "my.csv", columns: "a,2", set: ["distribution.bandwidth=0.5"])
    let distribution = try choice.load().distribution
    #expect(distribution.kind == "points")
    #expect(distribution.parameters["file"] == .text("my.csv"))
    #expect(distribution.parameters["columns"] == .list([.text("a"), .text("2")]))
    #expect(distribution.parameters["bandwidth"] == .number(0.5))
    let columns = ConfigurationChoice(file: nil, data: nil, columns: "a", set: [])
    #expect(message { _ = try columns.load() } == "--columns needs --data.")
  }

  @Test("An experiment is named, or named by its file, and not twice")
  func experiment() throws {
    let folder = try TemporaryFolder()
    let file = try folder.write("experiment: relu_erm\nseed: 5\n", to: "e.yaml")
    func choice(_ name: String?, _ config: String? = nil) -> ExperimentChoice {
      ExperimentChoice(name: name, config: config, seed: nil, set: [])
    }
    #expect(try choice("relu_erm").load() == ExperimentConfiguration("relu_erm"))
    #expect(try choice(file).load().seed == 5)
    #expect(try choice("relu_erm", file).load().seed == 5)
    #expect(
      try ExperimentChoice(name: file, config: nil, seed: 6, set: ["seed=7"]).load().seed == 7)
    #expect(message { _ = try choice(file, file).load() } == "one CONFIG is enough.")
    #expect(
      message { _ = try choice("hard_pair", file).load() }?.hasSuffix(
        "is of the experiment relu_erm.") == true)
    #expect(message { _ = try choice(nil).load() }?.hasPrefix("name an experiment: ") == true)
    #expect(
      message { _ = try choice("relu_em").load() }?.contains("did you mean relu_erm?") == true)
  }

  @Test("A time is of the process, and 0 is the distribution itself")
  func level() throws {
    let configuration = RunConfiguration()
    #expect(try configuration.level(atTime: 0) == .clean)
    let process = configuration.process.make()
    #expect(try configuration.level(atTime: 0.5) == process.level(at: 0.5))
    for time in [-0.1, process.horizon + 0.1, .nan] {
      #expect(
        message { _ = try configuration.level(atTime: time) }?.hasPrefix("--time must") == true)
    }
  }
}
