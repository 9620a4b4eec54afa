import ArgumentParser
import CommandLineTool
import ScoreCore
import ScoreLab

/// `scorefield list`: the catalogs.
struct ListCommand: ParsableCommand {
  static let configuration = CommandConfiguration(
    commandName: "list", abstract: "List what is on offer, with summaries and sources.")

  @Argument(
    help: ArgumentHelp(
      "\(Listing.Topic.names.joined(separator: ", ")); all without.", valueName: "topic"))
  var name: String?

  @Option(help: "A folder of Base16 themes to list too.")
  var themes: String?

  func run() throws {
    let topic = try name.map { try Listing.Topic(named: $0) }
    for topic in topic.map({ [$0] }) ?? Listing.Topic.allCases {
      if name == nil { try StandardOutput.print("\(topic.rawValue.uppercased())") }
      for line in Listing.lines(topic, themes: themes) { try StandardOutput.print(line) }
      if name == nil { try StandardOutput.print("") }
    }
  }
}
