print("populace")
