import Foundation
import Testing

extension EndToEnd {
  @Suite struct BenchTests {
    private static let quick = ["bench", "--rounds", "1", "--shape", "8,1,16"]

    @Test func printsOneJSONObjectACase() async throws {
      let outcome = try await BuiltProgram.run(BenchTests.quick + ["--only", "step"])
      #expect(outcome.status == 0 && outcome.errorText.isEmpty, "\(outcome.errorText)")
      let line = try #require(outcome.outputLines.first)
      let object = try JSONSerialization.jsonObject(with: Data(line.utf8)) as? [String: Any]
      let record = try #require(object)
      #expect(outcome.outputLines.count == 1)
      #expect(record["task"] as? String == "step" && record["batch"] as? Int == 16)
      #expect(try #require(record["seconds_per_step"] as? Double) > 0)
      #expect(try #require(record["fraction_of_limit"] as? Double) > 0)
      #expect(try #require(record["fraction_of_openblas"] as? Double) > 0)
    }

    @Test func takesStepsForAProfilerInSilence() async throws {
      let outcome = try await BuiltProgram.run(
        BenchTests.quick + ["--only", "sampling", "--steps", "501"])
      #expect(outcome.status == 0 && outcome.output.isEmpty && outcome.errors.isEmpty)
    }

    @Test(arguments: [
      ["--shape", "8,1"], ["--shape", "0,1,1"], ["--rounds", "0"], ["--only", "walk"],
      ["--steps", "10"], ["--only", "probe", "--steps", "10"],
    ])
    func refusesInOneLine(arguments: [String]) async throws {
      let outcome = try await BuiltProgram.run(["bench"] + arguments)
      #expect(outcome.status == 2 && outcome.output.isEmpty)
      #expect(outcome.errorLines.count == 1)
    }
  }
}
