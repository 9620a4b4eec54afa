import ScoreCore
import Testing

@testable import ScoreLab

@Suite struct MetricChoicesTests {
  @Test("No metric has the name of a configuration's key, so one option can set both")
  func namesAreApart() {
    let keys = Set(
      ConfigurationCatalog.fields.map { String($0.path.prefix { $0 != "." }) } + ["distribution"])
    for entry in SampleMetricCatalog.all {
      #expect(!keys.contains(entry.name))
      #expect(MetricChoices.isMetric(assignment: "\(entry.name).x=1"))
    }
    for key in keys { #expect(!MetricChoices.isMetric(assignment: "\(key).x=1")) }
    #expect(!MetricChoices.isMetric(assignment: "mmd2.length=1"))
  }

  @Test("Every parameter on offer can be set to the ends of its range, and no further")
  func ranges() throws {
    for entry in SampleMetricCatalog.all {
      for parameter in entry.parameters {
        let key = "\(entry.name).\(parameter.name)"
        var ends: (low: Double, high: Double)
        switch parameter.kind {
        case .number(_, let range): ends = (range.lowerBound, range.upperBound)
        case .integer(_, let range, _): ends = (Double(range.lowerBound), Double(range.upperBound))
        default:
          Issue.record("\(key) is of a kind that this test does not know")
          continue
        }
        for value in [ends.low, ends.high] {
          #expect(try MetricChoices(assignments: ["\(key)=\(value)"]).names == [entry.name])
        }
        for value in [ends.low - 1, 2 * ends.high] {
          let error = #expect(throws: ConfigurationError.self) {
            try MetricChoices(assignments: ["\(key)=\(value)"])
          }
          #expect(error?.description.contains(key) == true, "\(String(describing: error))")
        }
      }
    }
  }

  @Test("What was set is what the metric has, and the others keep their defaults")
  func makes() throws {
    let choices = try MetricChoices(assignments: [
      "mmd.length=0.5", "c2st_neighbors.neighbors=3", "mmd.length=0.25",
    ])
    func made(_ name: String) throws -> any SampleMetric {
      choices.make(try #require(SampleMetricCatalog.entry(named: name)))
    }
    #expect((try made("mmd") as? MaximumMeanDiscrepancy)?.length == 0.25)
    #expect((try made("c2st_neighbors") as? NeighborClassifier)?.neighbors == 3)
    #expect((try made("kl_neighbors") as? NeighborDivergence)?.neighbor == 5)
  }

  @Test(
    "What is wrong is named with what is allowed",
    arguments: [
      ("mmd.lenght=1", "mmd.lenght: unknown key, did you mean length? allowed here: length"),
      ("mmd.length=-1", "mmd.length: expected a number from 0 to"),
      ("mmd.length=wide", "mmd.length: expected a number"),
      ("mmd=3", "mmd: expected a map of keys and values, found 3"),
      ("c2st_neighbors.neighbors=4", "c2st_neighbors.neighbors: expected an odd number"),
      ("energy.power=1", "energy: energy has no parameters to set"),
    ])
  func refuses(assignment: String, message: String) {
    let error = #expect(throws: ConfigurationError.self) {
      try MetricChoices(assignments: [assignment])
    }
    #expect(error?.description.contains(message) == true, "\(String(describing: error))")
  }
}
