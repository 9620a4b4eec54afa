import ArgumentParser
import ScoreCore
import ScoreLab
import TermPlot
import Workbench

/// `scorefield list`: the catalogs.
struct ListCommand: ParsableCommand {
  static let configuration = CommandConfiguration(
    commandName: "list", abstract: "List what is on offer, with summaries and sources.")

  enum Topic: String, CaseIterable, ExpressibleByArgument {
    case distributions, samplers, grids, metrics, keys, configuration, themes
  }

  @Argument(
    help: "distributions, samplers, grids, metrics, keys, configuration or themes; all without.")
  var topic: Topic?

  func run() {
    for topic in topic.map({ [$0] }) ?? Topic.allCases {
      if self.topic == nil { print("\(topic.rawValue.uppercased())") }
      for line in ListCommand.lines(topic) { print(line) }
      if self.topic == nil { print("") }
    }
  }

  private static func lines(_ topic: Topic) -> [String] {
    switch topic {
    case .distributions: return DistributionCatalog.all.flatMap(distribution)
    case .samplers:
      return SamplerCatalog.all.flatMap { entry($0.name, $0.summary, source: $0.source) }
    case .grids:
      return TimeGridCatalog.all.flatMap { entry($0.name, $0.summary, source: $0.source) }
    case .metrics:
      return SampleMetricCatalog.all.flatMap { entry($0.name, $0.summary, source: $0.source) }
    case .keys:
      return HelpText.lines
    case .configuration:
      return ConfigurationCatalog.fields.flatMap { field in
        [
          "  \(field.path)\(field.isLive ? "  (live)" : "")",
          "      \(field.summary); \(field.allowed); default \(field.defaultText)",
        ]
      }
    case .themes:
      let library = ThemeFolders.load(extra: nil)
      return library.themes.map { "  \($0.name)  (\($0.variant.rawValue))" }
        + library.problems.map { "  not loaded: \($0)" }
    }
  }

  private static func entry(_ name: String, _ summary: String, source: String) -> [String] {
    ["  \(name)", "      \(summary)", "      source: \(source)"]
  }

  private static func distribution(_ item: DistributionCatalog.Entry) -> [String] {
    entry(item.name, item.summary, source: item.source)
      + item.parameters.map { parameter in
        "      \(parameter.name): \(parameter.summary)\(range(parameter.kind))"
      }
  }

  private static func range(_ kind: ParameterDescription.Kind) -> String {
    switch kind {
    case .number(let standard, let range):
      " (\(NumberText.short(range.lowerBound)) to \(NumberText.short(range.upperBound)), "
        + "default \(NumberText.short(standard)))"
    case .integer(let standard, let range):
      " (\(range.lowerBound) to \(range.upperBound), default \(standard))"
    case .flag(let standard): " (true or false, default \(standard))"
    case .text(let standard): standard.map { " (default \($0))" } ?? " (must be given)"
    case .choice(let standard, let names):
      " (\(names.joined(separator: ", ")); default \(standard))"
    case .structured: ""
    }
  }
}
