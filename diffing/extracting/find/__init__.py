"""What the words around a number say: noun and verbs, who did it, what describes those counted, which indicator.

Police identified 40 girls. -> candidate(40): noun girls, verbs (identified,), actor government, sex=female;age=child
"""
