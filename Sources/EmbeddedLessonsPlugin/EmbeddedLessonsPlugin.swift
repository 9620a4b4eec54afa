import Foundation
import PackagePlugin

/// Writes the lessons of docs/lessons into a source file, so that they are part of the program.
@main
struct EmbeddedLessonsPlugin: BuildToolPlugin {
  func createBuildCommands(context: PluginContext, target: any Target) -> [Command] {
    let package = context.package.directoryURL
    let script = package.appending(path: "script/embed-lessons")
    let folder = package.appending(path: "docs/lessons")
    let file = context.pluginWorkDirectoryURL.appending(path: "EmbeddedLessons.swift")
    let lessons =
      (try? FileManager.default.contentsOfDirectory(
        at: folder, includingPropertiesForKeys: nil)) ?? []
    return [
      .buildCommand(
        displayName: "Lessons of this build", executable: URL(fileURLWithPath: "/bin/sh"),
        arguments: [script.path, folder.path, file.path],
        inputFiles: [script]
          + lessons.filter { $0.pathExtension == "md" }.sorted {
            $0.path < $1.path
          },
        outputFiles: [file])
    ]
  }
}
