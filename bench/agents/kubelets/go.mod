module kubelets

go 1.24
