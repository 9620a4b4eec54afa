import ArgumentParser

@main
struct Scorefield: ParsableCommand {
  static let configuration = CommandConfiguration(commandName: "scorefield")
}
