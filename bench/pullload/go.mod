module pullload

go 1.24
