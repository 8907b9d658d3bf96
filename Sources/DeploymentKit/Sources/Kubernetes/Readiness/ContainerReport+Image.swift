internal import Documents

extension ContainerReport {
    /// An image that its registry does not have will not come; any other pull error may pass (registry, network, rate
    /// limit), and failing at once would end good deployments.
    func imageProblem(_ words: String) -> Verdict {
        let pull = events.first { $0.reason == "Failed" && $0.message.hasPrefix("Failed to pull image") }?.message
        let isPullError = waiting?["reason"]?.string == "ErrImagePull" || words.contains("ErrImagePull")
        let text = isPullError ? words : pull ?? words
        if text.contains("not found"), isPullError || pull != nil {
            return Verdict(
                .failed,
                "\(place): image \"\(image)\" was not found\(text.asDetail)",
                remedy: "Publish the model again, or correct the image's name in the catalogue"
            )
        }
        return Verdict(
            .warning,
            "\(place): image \"\(image)\" could not be pulled yet\(text.asDetail)",
            remedy: "Check the registry's pull Secret and the cluster's way to the registry"
        )
    }
}
