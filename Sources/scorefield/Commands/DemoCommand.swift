import ArgumentParser

/// `scorefield demo`: the workbench plays itself.
struct DemoCommand: ParsableCommand {
  static let configuration = CommandConfiguration(
    commandName: "demo", abstract: "Let the workbench play itself, for an audience.",
    discussion: """
      It goes through presets, views and layouts with a sentence each, and begins again at the end. Space \
      pauses, arrows go to other scenes, and any other key leaves the demo for the workbench. None of its \
      runs is kept. `scorefield open --demo` takes the options of the workbench, such as --theme.
      """)

  func run() throws { try OpenCommand.parse(["--demo"]).run() }
}
