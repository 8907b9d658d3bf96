import Documents
import Manifests
import Passes
import TestSupport
import Testing

struct ClusterManifestTests {
    @Test func `A Deployment for a live cluster has everything in its place`() throws {
        let plan = try ClusterStyle.plan(folders: [("/data/shared", ["a"])])
        let document = ManifestWriter(plan: plan, style: ClusterStyle.everything).deployment(for: plan.nodes[0])
            .document
        #expect(
            document.yamlText() == """
                ---
                apiVersion: apps/v1
                kind: Deployment
                metadata:
                  name: a
                  namespace: team-1
                  labels:
                    app: a
                    app.kubernetes.io/managed-by: graphene-deployer
                    app.kubernetes.io/part-of: test-pipeline-7b7097
                    graphene-deployer/solution-id: "11111111-1111-4111-8111-111111111111"
                  annotations:
                    graphene-deployer/digest: abc
                spec:
                  replicas: 1
                  selector:
                    matchLabels:
                      app: a
                  template:
                    metadata:
                      labels:
                        app: a
                        graphene-deployer/folder-data-shared: consumer
                    spec:
                      imagePullSecrets:
                      - name: registry-login
                      securityContext:
                        fsGroup: 1000
                        fsGroupChangePolicy: OnRootMismatch
                      affinity:
                        podAffinity:
                          requiredDuringSchedulingIgnoredDuringExecution:
                          - labelSelector:
                              matchLabels:
                                graphene-deployer/folder-data-shared: consumer
                            topologyKey: kubernetes.io/hostname
                      containers:
                      - name: a
                        image: registry.example.org/models/model:1.0
                        imagePullPolicy: IfNotPresent
                        ports:
                        - name: protobuf-api
                          protocol: TCP
                          containerPort: 8061
                        - name: webui
                          protocol: TCP
                          containerPort: 8062
                        env:
                        - name: SHARED_FOLDER_PATH
                          value: /data/shared
                        resources:
                          requests:
                            cpu: "500m"
                          limits:
                            cpu: "500m"
                        readinessProbe:
                          tcpSocket:
                            port: 8061
                          periodSeconds: 2
                          failureThreshold: 30
                        volumeMounts:
                        - name: data-shared
                          mountPath: /data/shared
                      volumes:
                      - name: data-shared
                        persistentVolumeClaim:
                          claimName: data-shared

                """)
    }

    @Test func `Every object names its namespace and carries the annotations, the pods do not`() throws {
        let plan = try ClusterStyle.plan(folders: [("/data/shared", ["a"])])
        let writer = ManifestWriter(plan: plan, style: ClusterStyle.everything)
        let orchestrator = try #require(plan.orchestrator)
        let objects = [
            writer.service(for: plan.nodes[0]), writer.deployment(for: plan.nodes[0]),
            writer.service(for: orchestrator), writer.deployment(for: orchestrator),
            writer.claim(for: plan.sharedFolders[0]), try #require(writer.webService(for: plan.nodes[0])),
            try #require(writer.ingress(for: plan.nodes, class: nil, host: nil)),
        ]
        for object in objects {
            let metadata = object.document["metadata"]
            #expect(metadata?["namespace"] == "team-1", "\(object.kind)")
            #expect(metadata?["annotations"]?["graphene-deployer/digest"] == "abc", "\(object.kind)")
            #expect(object.document["spec"]?["template"]?["metadata"]?["annotations"] == nil)
            let text = object.document.jsonText()
            #expect(!text.contains("nodePort\"") && !text.contains("clusterIP\"") && !text.contains("hostPath"))
        }
        let namespace = try #require(writer.namespaceObject())
        #expect(namespace.document["metadata"]?["namespace"] == nil && namespace.document["spec"] == nil)
        #expect(namespace.document["metadata"]?["annotations"]?["graphene-deployer/digest"] == "abc")
        #expect(namespace.name == "team-1")
    }

    @Test func `The orchestrator is probed and has its own settings only`() throws {
        let plan = try ClusterStyle.plan(folders: [])
        var style = ClusterStyle.everything
        let orchestrator = try #require(plan.orchestrator)
        let plain = ManifestWriter(plan: plan, style: style).deployment(for: orchestrator).document.container
        #expect(plain?["readinessProbe"]?["tcpSocket"] == ["port": 8061])
        #expect(plain?["resources"] == nil && plain?["imagePullPolicy"] == nil)
        style.nodeSettings["orchestrator"] = NodeSettings(memory: "1Gi")
        let set = ManifestWriter(plan: plan, style: style).deployment(for: orchestrator).document.container
        #expect(set?["resources"]?["limits"] == ["memory": "1Gi"])
    }

    @Test func `Without the choices of a live cluster nothing of them appears`() throws {
        let plan = try ClusterStyle.plan(folders: [("/data/shared", ["a"])])
        let style = ManifestStyle(serviceType: .clusterIP, nodeServicePort: 8061, pullSecret: nil)
        let writer = ManifestWriter(plan: plan, style: style)
        let deployment = writer.deployment(for: plan.nodes[0]).document
        #expect(deployment.pod?["imagePullSecrets"] == nil && deployment.pod?["affinity"] == nil)
        #expect(deployment.podLabels == ["app"])
        for field in ["resources", "readinessProbe", "imagePullPolicy"] { #expect(deployment.container?[field] == nil) }
        #expect(deployment["metadata"]?["namespace"] == nil && deployment["metadata"]?["annotations"] == nil)
        #expect(writer.namespaceObject() == nil && writer.webService(for: plan.nodes[0]) == nil)
    }
}
